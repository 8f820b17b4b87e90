"""The numbers of a scorer as text: a line per tree, so that two versions can be compared by eye."""

import json
from typing import Any

import lightgbm as lgb

Node = list[Any]


def trees_of(model: lgb.Booster, names: list[str]) -> list[list[Node]]:
    """Return the trees as lists of nodes: [value], or [value, feature, threshold, left, right]."""
    return [_nodes(tree["tree_structure"], names) for tree in model.dump_model()["tree_info"]]


def _nodes(top: dict[str, Any], names: list[str]) -> list[Node]:
    nodes: list[Node] = []

    def walk(node: dict[str, Any]) -> int:
        number = len(nodes)
        nodes.append([])
        if "leaf_value" in node:
            nodes[number] = [round(node["leaf_value"], 5)]
            return number
        left, right = walk(node["left_child"]), walk(node["right_child"])
        threshold = float(f"{node['threshold']:.6g}")
        feature = names[node["split_feature"]]
        nodes[number] = [round(node["internal_value"], 5), feature, threshold, left, right]
        return number

    walk(top)
    return nodes


def as_text(names: list[str], uses: dict[str, dict[str, Any]]) -> str:
    """Return the file: the features, and per use its threshold, cost, table and trees."""
    parts = [f'{{\n"features": {json.dumps(names)}']
    for use, found in uses.items():
        if use == "features":
            continue
        trees = ",\n".join(map(json.dumps, found["trees"]))
        parts.append(
            f'"{use}": {{\n"threshold": {found["threshold"]},\n"cost": {json.dumps(found["cost"])},\n'
            f'"knots": {json.dumps(found["knots"])},\n"trees": [\n{trees}\n]\n}}'
        )
    return ",\n".join(parts) + "\n}\n"
