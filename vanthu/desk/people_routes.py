"""The addresses of log-in and people."""

from starlette.routing import Route

from vanthu.desk import login_page, people_page

ROUTES = [
    Route("/vao", login_page.show, name="login", methods=["GET", "POST"]),
    Route("/ra", login_page.log_out, name="logout", methods=["POST"]),
    Route("/bat-dau", login_page.start, name="start", methods=["GET", "POST"]),
    Route("/mat-khau", login_page.password, name="password", methods=["GET", "POST"]),
    Route("/nguoi-dung", people_page.show, name="people", methods=["GET", "POST"]),
    Route("/nguoi-dung/{person:int}", people_page.change, name="change_person", methods=["POST"]),
]
