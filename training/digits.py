"""Train the reader of handwritten numbers that `vanthu.ocr.digits` runs.

    python -m training.digits DATA OUT.onnx [--minutes 30]

DATA is a folder with `node_modules` (see training/README.md). The fonts of `TEST` and the last tenth of the people's digits are kept
for the test that is printed at the end, those of `CALIBRATION` say how far the network may be believed. One core is used; the crops
are made as the training goes on. A convolutional network with CTC reads a whole number, so that touching digits need no cutting.
"""

import argparse
import random
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn

from training.hands import fonts, mnist
from training.sheets import Hand, Sample, sheet
from vanthu.ocr.digits import ALPHABET, HEIGHT, WIDTH, decode

TEST = (
    "kristi covered-by-your-grace handlee nanum-brush-script zen-kurenaido reenie-beanie coming-soon gaegu patrick-hand playwrite-vn "
    "nothing-you-could-do"
)
CALIBRATION = (
    "la-belle-aurore over-the-rainbow shadows-into-light shadows-into-light-two marck-script pangolin long-cang gamja-flower "
    "annie-use-your-telescope"
)
"""Drawn by lot out of the fonts that look like a grown person's plain hand; of two fonts of one hand none is learnt from."""
BATCH, MAKING = 32, 0.4
"""Crops a step; share of the time in which crops are made."""
MOST_SHEETS = 1500


class Net(nn.Module):
    """HEIGHT×WIDTH crop → scores of ALPHABET and CTC's blank for each 4 pixels across, and whether a hand wrote it."""

    def __init__(self) -> None:
        super().__init__()

        def block(i: int, o: int, size: int | tuple[int, int] = 3, stride: int = 1) -> list[nn.Module]:
            pad = size // 2 if isinstance(size, int) else (0, size[1] // 2)
            return [nn.Conv2d(i, o, size, stride, pad, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True)]

        self.body = nn.Sequential(
            *block(1, 16, 5, 2), *block(16, 24), nn.MaxPool2d(2), *block(24, 48), *block(48, 48), nn.MaxPool2d((2, 1)),
            *block(48, 64), *block(64, 96, (4, 3)), nn.Dropout(0.1), *block(96, 96, (1, 3)),
        )  # fmt: skip
        self.letters = nn.Conv2d(96, len(ALPHABET) + 1, 1)
        self.hand = nn.Conv2d(96, 1, 1)

    def forward(self, crops: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """(batch × letters × steps, the first letter being CTC's blank; batch of log-odds)."""
        seen = self.body(crops)
        return self.letters(seen).squeeze(2), self.hand(seen).mean((1, 2, 3))


def varied(crops: torch.Tensor) -> torch.Tensor:
    """A batch moved, stretched, darkened and grained a little."""
    n = len(crops)
    turn = torch.zeros(n, 2, 3)
    turn[:, 0, 0], turn[:, 1, 1] = torch.empty(n).uniform_(0.94, 1.06), torch.empty(n).uniform_(0.9, 1.1)
    turn[:, 0, 1], turn[:, 1, 2] = torch.empty(n).uniform_(-0.04, 0.04), torch.empty(n).uniform_(-0.12, 0.12)
    turn[:, 0, 2] = torch.empty(n).uniform_(-0.02, 0.02) + turn[:, 0, 0] - 1
    moved = nn.functional.grid_sample(crops, nn.functional.affine_grid(turn, list(crops.shape), align_corners=False), align_corners=False)
    power = torch.empty(n, 1, 1, 1).uniform_(0.6, 1.6)
    return (moved.clamp(1e-4, 1) ** power + torch.randn_like(moved) * torch.empty(n, 1, 1, 1).uniform_(0, 0.06)).clamp(0, 1)


def batch(pool: list[Sample], rng: random.Random) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Crops, their labels one after the other, the labels' lengths, whether by hand."""
    rows = [pool[rng.randrange(len(pool))] for _ in range(BATCH)]
    crops = torch.from_numpy(np.stack([r.crop for r in rows])).float().div(255).unsqueeze(1)
    labels = [ALPHABET.index(c) + 1 for r in rows for c in r.label]
    return varied(crops), torch.tensor(labels), torch.tensor([len(r.label) for r in rows]), torch.tensor([float(r.by_hand) for r in rows])


def learn(net: Net, hand: Hand, minutes: float, rng: random.Random) -> None:
    """Make crops and learn from them for the time given."""
    ctc, bce = nn.CTCLoss(zero_infinity=True), nn.BCEWithLogitsLoss()
    optimizer = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=1e-2)
    start, made, step, pool = time.time(), 0.0, 0, []
    net.train()
    while (done := (time.time() - start) / (60 * minutes)) < 1:
        began = time.time()
        if not pool or (made < MAKING * (began - start) and len(pool) < 96 * MOST_SHEETS):
            pool += sheet(rng, hand)
            made += time.time() - began
            continue
        for group in optimizer.param_groups:
            group["lr"] = 2e-3 * min(1.0, (step + 1) / 200) * max(0.01, min(1.0, 1.25 * (1 - done)))
        crops, labels, lengths, by_hand = batch(pool, rng)
        scores, hands = net(crops.to(memory_format=torch.channels_last))
        likely = scores.permute(2, 0, 1).log_softmax(2)
        loss = ctc(likely, labels, torch.full((BATCH,), WIDTH // 4), lengths) + 0.2 * bce(hands, by_hand)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 3)
        optimizer.step()
        step += 1
        if step % 250 == 0:
            print(f"{60 * minutes * done / 60:.1f} min, step {step}, {len(pool)} crops, loss {loss.item():.4f}", flush=True)


def temperature(net: Net, samples: list[Sample]) -> float:
    """What the scores are divided by so that they are right as often as they say (least loss on hands not learnt from)."""
    with torch.no_grad():
        crops = torch.from_numpy(np.stack([s.crop for s in samples])).float().div(255).unsqueeze(1)
        scores = net.eval()(crops)[0].permute(2, 0, 1)
    labels = torch.tensor([ALPHABET.index(c) + 1 for s in samples for c in s.label])
    lengths = torch.tensor([len(s.label) for s in samples])
    steps = torch.full((len(samples),), WIDTH // 4)
    heats = np.arange(0.8, 3.01, 0.1)
    losses = [nn.functional.ctc_loss((scores / h).log_softmax(2), labels, steps, lengths).item() for h in heats]
    return float(heats[int(np.argmin(losses))])


def report(net: Net, title: str, samples: list[Sample], heat: float) -> None:
    """Right, wrong and blank of what was written by hand, at several thresholds of confidence; whether hand and print were told apart."""
    results = []
    with torch.no_grad():
        for s in samples:
            scores, hand = net.eval()(torch.from_numpy(s.crop).float().div(255)[None, None])
            text, sure = decode(scores[0].numpy() / heat)
            results.append((text.strip("/-.") == s.label.strip("/-."), sure, hand.item() > 0, s.by_hand))
    taken = [hand for _, _, hand, by_hand in results if not by_hand]
    print(f"{title}: print taken for handwriting {sum(taken)}/{len(taken)}")
    results = [r for r in results if r[3]]
    print(f"{title}: handwriting taken for print {sum(not r[2] for r in results)}/{len(results)}")
    for floor in (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98):
        given = [right for right, sure, *_ in results if sure >= floor]
        print(f"{title}, sure ≥ {floor}: right {sum(given)}, wrong {len(given) - sum(given)} of {len(results)}", flush=True)


class Cooled(nn.Module):
    """The network with its scores divided by the temperature, as it is shipped."""

    def __init__(self, net: Net, heat: float) -> None:
        super().__init__()
        self.net, self.heat = net, heat

    def forward(self, crops: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """As Net's."""
        scores, hand = self.net(crops)
        return scores / self.heat, hand


def main() -> None:
    """Train, calibrate, test, export."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path), parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--resume", type=Path, help="weights of an earlier run to go on from")
    args = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(args.seed)
    every, people = fonts(args.data), mnist(args.data)
    test, calibration = TEST.split(), CALIBRATION.split()
    hand = Hand([f for name, f in every.items() if name not in test + calibration], {d: m[: len(m) * 9 // 10] for d, m in people.items()})
    print(f"{len(hand.fonts)} fonts to learn from, {len(every) - len(hand.fonts)} kept", flush=True)
    net = Net().to(memory_format=torch.channels_last)
    if args.resume:
        net.load_state_dict(torch.load(args.resume))
    learn(net, hand, args.minutes, random.Random(args.seed))
    torch.save(net.state_dict(), args.out.with_suffix(".pt"))
    unseen = {d: m[len(m) * 9 // 10 :] for d, m in people.items()}
    learner = Hand([f for name, f in every.items() if name in calibration], unseen)
    judge = Hand([f for name, f in every.items() if name in test], {})
    heat = temperature(net, [s for n in range(10) for s in sheet(random.Random(n), learner)])
    print(f"temperature {heat:.1f}")
    report(net, "unseen fonts", [s for n in range(100, 114) for s in sheet(random.Random(n), judge)], heat)
    shipped = Cooled(net, heat).eval()
    names = {"input_names": ["crops"], "output_names": ["scores", "hand"]}
    torch.onnx.export(shipped, torch.zeros(4, 1, HEIGHT, WIDTH), args.out, dynamo=False, **names)


if __name__ == "__main__":
    main()
