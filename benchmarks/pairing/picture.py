"""How worth, time and memory grow with the number of participants, as a picture."""

from pathlib import Path

from benchmarks.pairing.run_one import Measured

COLOURS = {
    "utm": "#00695c",
    "local search": "#c2410c",
    "annealing": "#7c3aed",
    "greedy": "#64748b",
    "random": "#a8a29e",
    "pairs, rustworkx": "#0369a1",
}


def draw_growth(runs: list[Measured], path: Path) -> None:
    """Draw worth, processor time and memory, each on a logarithmic axis."""
    import matplotlib as mpl  # noqa: PLC0415 - only the environment of the peers has it

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    mpl.rcParams |= {"svg.hashsalt": "utm", "font.family": "sans-serif", "font.size": 10}
    figure, axes = plt.subplots(1, 3, figsize=(12, 4.2))
    traits = (
        ("worth, as a share of the bound", lambda run, bound: run.score / bound),
        ("processor time, s", lambda run, _: run.cpu_seconds),
        ("peak memory, MB", lambda run, _: run.peak_mb),
    )
    bounds = {run.instance: run.bound for run in runs if run.way == "utm" and run.bound}
    for axis, (title, measure) in zip(axes, traits, strict=True):
        for way, colour in COLOURS.items():
            here = sorted(
                (run.participants, measure(run, bounds[run.instance]))
                for run in runs
                if run.way == way and run.counts and run.instance in bounds
            )
            if here:
                sizes, values = zip(*here, strict=True)
                axis.plot(
                    sizes,
                    values,
                    marker="o",
                    markersize=4,
                    color=colour,
                    label=way,
                    linewidth=2.2 if way == "utm" else 1.4,
                )
        axis.set_xscale("log")
        axis.set_title(title, loc="left", fontsize=10.5)
        axis.set_xlabel("participants")
        axis.grid(visible=True, which="major", alpha=0.25)
        axis.spines[["top", "right"]].set_visible(False)
        ticks = sorted({run.participants for run in runs})
        axis.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
        axis.minorticks_off()
    axes[1].set_yscale("log")
    axes[2].set_yscale("log")
    axes[0].set_ylim(top=1.005)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="lower center", ncols=6, frameon=False)
    figure.tight_layout(rect=(0, 0.07, 1, 1))
    figure.savefig(path, dpi=110, metadata={"Software": None})
