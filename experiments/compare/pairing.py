"""What pairing is worth: the standard deviation of a difference with seeds paired and without, from a folder of `compare`.

`python -m experiments.compare.pairing FOLDER` takes the first two arms of what `gigsupply compare` wrote there.
"""

import argparse
from collections.abc import Iterable, Sequence
from math import nan, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..wording import title_of, words_of

if TYPE_CHECKING:
    import pandas as pd

TABLE = "runs.parquet"
MEASURES = (
    "parcels_late_share", "blocks_filled_share", "pay_mean_per_hour_eur", "net_pay_per_hour_eur",
    "driver_surplus_total_eur", "platform_surplus_total_eur", "recipient_surplus_total_eur", "welfare_total_eur",
)  # fmt: skip


class Pairing(NamedTuple):
    """One measure in two arms: what a difference between two runs varies by."""

    measure: str
    seeds: int
    mean: float
    sd_unpaired: float  # of runs with seeds of their own: sqrt(s_A² + s_B²)
    sd_paired: float
    correlation: float  # of the arms over the seeds

    @property
    def variance_ratio(self) -> float:
        """Return by how much less variance, or how many times fewer seeds, pairing does."""
        return (self.sd_unpaired / self.sd_paired) ** 2 if self.sd_paired else nan


def pairings(runs: "pd.DataFrame", measures: Iterable[str] = MEASURES) -> list[Pairing]:
    """Return what pairing does to each measure, from the runs of a comparison: `arm`, `seed`, measures."""
    reference, arm = runs["arm"].drop_duplicates().tolist()[:2]
    return [
        pairing(measure, runs.pivot(index="seed", columns="arm", values=measure).loc[:, [reference, arm]]) for measure in measures
    ]


def pairing(measure: str, by_seed: "pd.DataFrame") -> Pairing:
    """Compare the variance of the difference with that of two independent runs. by_seed: a column per arm."""
    both = by_seed.dropna().to_numpy(float)
    d = both[:, 1] - both[:, 0]
    unpaired = float(both.var(axis=0, ddof=1).sum())
    correlation = float(np.corrcoef(both, rowvar=False)[0, 1])
    return Pairing(measure, len(d), float(d.mean()), sqrt(unpaired), float(d.std(ddof=1)), correlation)


def as_markdown(found: Iterable[Pairing]) -> str:
    """Write the table."""
    lines = [
        "| measure | mean difference | sd unpaired | sd paired | variance, times less | correlation |",
        "|---|---|---|---|---|---|",
    ]
    for one in found:
        words = words_of(one.measure)
        mean, unpaired, paired = (
            f"{value * words.factor:#.3g}".rstrip(".") for value in (one.mean, one.sd_unpaired, one.sd_paired)
        )
        lines.append(
            f"| {title_of(one.measure)} | {mean.replace('-', '−')} | {unpaired} | {paired} | {one.variance_ratio:,.0f} "
            f"| {one.correlation:.5f} |"
        )
    return "\n".join(lines)


def main(folder: Path) -> None:
    """Print the table of a comparison's folder."""
    import pandas as pd

    print(as_markdown(pairings(pd.read_parquet(folder / TABLE))))


def folder_of_runs(given: str) -> Path:
    """Read a folder of a comparison."""
    if not (Path(given) / TABLE).is_file():
        raise argparse.ArgumentTypeError(f"{given}: has no {TABLE}; allowed: a folder that gigsupply compare wrote")
    return Path(given)


def asked(words: Sequence[str] | None = None) -> Path:
    """Read the command line; whoever names no comparison reads one line, with status 2."""
    parser = argparse.ArgumentParser(prog="python -m experiments.compare.pairing", usage="%(prog)s FOLDER")
    parser.add_argument("folder", type=folder_of_runs)
    return parser.parse_args(words).folder


if __name__ == "__main__":
    main(asked())
