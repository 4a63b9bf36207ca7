"""sources.py MODEL RESOLUTION FOLDER SOURCE: compares the model with the kubelet's summaries in FOLDER, taken one after another.

Of source kubernetes a node's network is the sum of its interfaces, of kubernetes.summary_api the default one's.

Prints a table of pods with the model's newest figure of each metric and how it stands to the summaries':
  =    it is one of the values that the kubelet told in that time
  ~    it lies between the smallest and the largest of them
  !    neither; then the exit status is 1, as when a pod or a figure is missing
"""

import glob
import json
import sys
import urllib.parse
import urllib.request
from datetime import datetime, timezone

METRICS = {
    "cpu/usage": ("cpu", "usageCoreNanoSeconds"),
    "memory/working_set": ("memory", "workingSetBytes"),
    "memory/rss": ("memory", "rssBytes"),
    "network/rx": ("network", "rxBytes"),
    "network/tx": ("network", "txBytes"),
}


def main(model, resolution, folder, source):
    summaries = [json.load(open(name)) for name in sorted(glob.glob(folder + "/*.json"))]
    entities = {"node " + summaries[0]["node"]["nodeName"]: [summary["node"] for summary in summaries]}
    by_pod = [{path_of(pod): pod for pod in summary["pods"]} for summary in summaries]
    lasting = sorted(set.intersection(*(set(pods) for pods in by_pod)))
    for pod in lasting:
        entities[pod] = [pods[pod] for pods in by_pod]
    begin = min(moments(entities))
    end = max(moments(entities))
    print(f"{len(summaries)} summaries, figures of {begin:%H:%M:%S} to {end:%H:%M:%S}, {len(lasting)} pods in all of them")

    first_of_node = None
    failures = 0
    print(f"{'':28} {'ticks':>5} " + " ".join(f"{metric:>22}" for metric in METRICS))
    for entity, history in entities.items():
        first, cells = None, []
        for metric, field in METRICS.items():
            told = [value for value in (figure(block, *field, source) for block in history) if value is not None]
            points = series(model, entity, metric)
            ticks = [tick for tick, _ in points]
            first = min([first, *ticks], default=None) if first else min(ticks, default=None)
            # Figures measured after the first summary was taken, and before the last one was.
            points = [point for point in points if begin.timestamp() + resolution <= point[0] <= end.timestamp() - resolution]
            verdict, value = compare(points, told)
            failures += verdict == "!"
            cells.append(f"{value:>20} {verdict}")
        first_of_node = first_of_node or first
        late = "none" if first is None or first_of_node is None else int((first - first_of_node) / resolution) + 1
        failures += late == "none" or late > 2
        print(f"{entity.replace(' ', '/'):28} {late:>5} " + " ".join(cells))
    print("ticks: at which of the model's ticks its first figure came" if not failures else f"{failures} FAILURES")
    return 1 if failures else 0


def figure(block, part, field, source):
    interfaces = block.get(part, {}).get("interfaces")
    if interfaces and source == "kubernetes":
        return sum(interface[field] for interface in interfaces)
    return block.get(part, {}).get(field)


def path_of(pod):
    return pod["podRef"]["namespace"] + " " + pod["podRef"]["name"]


def moments(entities):
    for history in entities.values():
        for block in history:
            if "cpu" in block:
                yield datetime.fromisoformat(block["cpu"]["time"].replace("Z", "+00:00")).astimezone(timezone.utc)


def series(model, entity, metric):
    kind, name = entity.split(" ")
    path = f"nodes/{name}" if kind == "node" else f"namespaces/{kind}/pods/{name}"
    try:
        with urllib.request.urlopen(f"{model}/api/v1/model/{path}/metrics/{urllib.parse.quote(metric)}") as answer:
            points = json.load(answer)["metrics"]
    except urllib.error.HTTPError:
        return []
    return [(datetime.fromisoformat(p["timestamp"].replace("Z", "+00:00")).timestamp(), p["value"]) for p in points]


def compare(points, told):
    if not told and not points:
        return "=", "none"
    if not points or not told:
        return "!", "none here" if not points else f"{points[-1][1]} alone"
    verdicts = ["=" if value in told else "~" if min(told) <= value <= max(told) else "!" for _, value in points]
    worst = next((i for i, verdict in enumerate(verdicts) if verdict == "!"), len(points) - 1)
    equal = verdicts.count("=")
    return (verdicts[worst] if verdicts[worst] == "!" else "=" if equal == len(points) else "~"), f"{points[worst][1]} {equal}/{len(points)}"


sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]))
