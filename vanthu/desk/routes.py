"""Địa chỉ: the desk's addresses and the page that answers each."""

from pathlib import Path

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from vanthu.desk import (
    batch_page,
    compare_page,
    entry_page,
    followups_page,
    intake_page,
    item_page,
    language,
    list_export,
    matter_page,
    overview_page,
    picture_page,
    print_page,
    register_page,
    review_page,
    saved_page,
    typed_page,
    upload_page,
    words_page,
)

ROUTES: list[BaseRoute] = [
    Route("/", register_page.show, name="register"),
    Route("/so.csv", list_export.as_csv, name="csv"),
    Route("/so.xlsx", list_export.as_workbook, name="workbook"),
    Route("/tra-cuu-da-luu", saved_page.act, name="saved", methods=["POST"]),
    Route("/so-sanh", compare_page.show, name="compare"),
    Route("/van-ban/{id:int}", entry_page.show, name="entry"),
    Route("/van-ban/{id:int}/trang/{number:int}.jpg", picture_page.picture, name="picture"),
    Route("/van-ban/{id:int}/tep/{file:int}", picture_page.original, name="original"),
    Route("/van-ban/{id:int}/chu", words_page.show, name="words"),
    Route("/van-ban/{id:int}/muc/{key}", entry_page.item, name="item"),
    Route("/van-ban/{id:int}/duyet", review_page.save, name="review", methods=["POST"]),
    Route("/van-ban/{id:int}/hoan-tac", review_page.undo, name="undo", methods=["POST"]),
    Route("/duyet", review_page.first, name="next"),
    Route("/van-ban/{id:int}/tach", batch_page.split, name="split", methods=["POST"]),
    Route("/van-ban/{id:int}/gop", batch_page.join, name="join", methods=["POST"]),
    Route("/van-ban/{id:int}/phieu", print_page.slip, name="slip"),
    Route("/van-ban/{id:int}/ban-dong-dau.pdf", print_page.copy, name="stamped"),
    Route("/van-ban/{id:int}/mach", matter_page.thread, name="thread"),
    Route("/van-ban/{id:int}/bao-cao", matter_page.matrix, name="matrix"),
    Route("/viec", followups_page.show, name="followups"),
    Route("/viec/bang", followups_page.board, name="board"),
    Route("/viec/lich", followups_page.month, name="month"),
    Route("/viec/{item:int}", item_page.show, name="item-page"),
    Route("/viec/{item:int}", item_page.act, name="act", methods=["POST"]),
    Route("/tong-quan", overview_page.show, name="overview"),
    Route("/tong-quan/{by}.svg", overview_page.chart, name="chart"),
    Route("/tiep-nhan", intake_page.show, name="intake"),
    Route("/tiep-nhan/tai-len", upload_page.upload, name="upload", methods=["POST"]),
    Route("/tiep-nhan/tien-do", upload_page.progress, name="progress"),
    Route("/tiep-nhan/{file:int}/thu-lai", upload_page.retry, name="retry", methods=["POST"]),
    Route("/nhap-tay", typed_page.show, name="typed"),
    Route("/nhap-tay", typed_page.save, name="type", methods=["POST"]),
    Route("/ngon-ngu", language.choose, name="language", methods=["POST"]),
    Mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static"),
]
