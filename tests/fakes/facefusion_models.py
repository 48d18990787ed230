"""Make stub models for FaceFusion: the real names, inputs and outputs, and next to no weight.

A face is a patch of colour: red for one person, blue for another.  The detector finds each
patch's middle and size, the swapper turns its colours round, so that a test sees who was
found where and what was done.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
ANCHORS = 8400
_FIVE = np.array([[-0.19, -0.16], [0.19, -0.16], [0.0, 0.04], [-0.16, 0.24], [0.16, 0.24]])
"""Eyes, nose and corners of the mouth around a face's middle, in shares of its box."""


class _Graph:
    """A graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, value: Any, kind: type = np.float32) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value, kind), name))
        return name

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], **attributes))
        return name

    def sum(self, value: str) -> str:
        return self.add("ReduceSum", value, keepdims=0)

    def save(
        self, path: Path, inputs: dict[str, Sequence[int]], outputs: dict[str, tuple[str, int]]
    ) -> None:
        """Write the model; ``outputs`` are names to results and their element types."""
        for name, (result, _) in outputs.items():
            self.nodes.append(helper.make_node("Identity", [result], [name]))
        graph = helper.make_graph(
            self.nodes,
            path.stem,
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in inputs.items()],
            [helper.make_tensor_value_info(n, kind, None) for n, (_, kind) in outputs.items()],
            self.weights,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = 8
        content = model.SerializeToString()
        path.write_bytes(content)
        path.with_suffix(".hash").write_text(format(zlib.crc32(content), "08x"))


FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64


def _sub(graph: _Graph, one: str, other: str) -> str:
    return graph.add("Sub", one, other)


def _channel(graph: _Graph, image: str, number: int) -> str:
    """Return one channel of 1 x 3 x H x W as 1 x 1 x H x W."""
    return graph.add("Gather", image, graph.weight([number], np.int64), axis=1)


def _patch(graph: _Graph, image: str, own: int, others: Sequence[int], side: int) -> str:
    """Return cx, cy, w, h, score and five points of a patch of colour ``own``, as 20 x 1."""
    rest = graph.add("Max", *(_channel(graph, image, other) for other in others))
    share = _sub(graph, _sub(graph, _channel(graph, image, own), rest), graph.weight(0.3))
    weight = graph.add("Clip", share, graph.weight(0.0), graph.weight(0.4))
    total = graph.add("Add", graph.sum(weight), graph.weight(1e-3))
    along = np.arange(side, dtype=np.float32)
    x = graph.add(
        "Div", graph.sum(graph.add("Mul", weight, graph.weight(along[None, None, None]))), total
    )
    y = graph.add(
        "Div",
        graph.sum(graph.add("Mul", weight, graph.weight(along[None, None, :, None]))),
        total,
    )
    size = graph.add("Sqrt", graph.add("Mul", total, graph.weight(4.0)))
    score = graph.add("Div", total, graph.weight(40.0))
    score = graph.add("Clip", score, graph.weight(0.0), graph.weight(0.9))
    parts = [x, y, size, size, score]
    for dx, dy in _FIVE:
        parts.append(graph.add("Add", x, graph.add("Mul", size, graph.weight(dx))))
        parts.append(graph.add("Add", y, graph.add("Mul", size, graph.weight(dy))))
        parts.append(graph.weight(0.9))
    shaped = [graph.add("Reshape", part, graph.weight([1, 1], np.int64)) for part in parts]
    return graph.add("Concat", *shaped, axis=0)


def _detector(path: Path) -> None:
    graph = _Graph()
    blue, red = (_patch(graph, "input", own, [1, other], 640) for own, other in ((0, 2), (2, 0)))
    # FaceFusion overlooks a face that is alone and first
    first, rest = (graph.weight(np.zeros((20, count))) for count in (9, ANCHORS - 11))
    table = graph.add("Concat", first, red, blue, rest, axis=1)
    table = graph.add("Reshape", table, graph.weight([1, 20, ANCHORS], np.int64))
    graph.save(path, {"input": [1, 3, 640, 640]}, {"output": (table, FLOAT)})


def _face_points() -> NDArray[np.float32]:
    """Return 68 points of a plain face, in shares of its box."""
    points = np.zeros((68, 2), np.float32)
    turn = np.linspace(np.pi, 0, 17)
    points[:17] = np.stack((0.5 + 0.4 * np.cos(turn), 0.5 + 0.42 * np.sin(turn)), 1)
    points[17:68] = (0.5, 0.54)
    middles = _FIVE + 0.5
    points[36:42], points[42:48] = middles[0], middles[1]
    points[30], points[48], points[54] = middles[2], middles[3], middles[4]
    return points


def _nothing_of(graph: _Graph, image: str) -> str:
    """Return a scalar 0 that still needs ``image``."""
    return graph.add("Mul", graph.add("ReduceMean", image, keepdims=0), graph.weight(0.0))


def _landmarker(path: Path) -> None:
    graph = _Graph()
    points = np.concatenate([_face_points() * 64, np.ones((68, 1), np.float32)], 1)[None]
    zero = _nothing_of(graph, "input")
    landmarks = graph.add("Add", graph.weight(points), zero)
    heat = np.zeros((1, 68, 64, 64), np.float32)
    heat[:, :, 32, 32] = 0.9
    heatmaps = graph.add("Add", graph.weight(heat), zero)
    graph.save(
        path,
        {"input": [1, 3, 256, 256]},
        {"landmarks": (landmarks, FLOAT), "heatmaps": (heatmaps, FLOAT)},
    )


def _five_to_68(path: Path) -> None:
    graph = _Graph()
    points = graph.add("Add", graph.weight(_face_points()[None]), _nothing_of(graph, "input"))
    graph.save(path, {"input": [1, 5, 2]}, {"output": (points, FLOAT)})


def _recogniser(path: Path) -> None:
    graph = _Graph()
    rng = np.random.default_rng(5)
    mean = graph.add("ReduceMean", "input", axes=[2, 3], keepdims=0)
    made = graph.add("MatMul", mean, graph.weight(rng.normal(size=(3, 512))))
    made = graph.add("Add", made, graph.weight(rng.normal(size=(1, 512)) * 0.2))
    graph.save(path, {"input": [1, 3, 112, 112]}, {"output": (made, FLOAT)})


def _classifier(path: Path) -> None:
    graph = _Graph()
    zero = graph.add("Cast", _nothing_of(graph, "input"), to=INT64)
    ids = {
        name: (graph.add("Add", graph.weight([value], np.int64), zero), INT64)
        for name, value in (("race_id", 0), ("gender_id", 1), ("age_id", 3))
    }
    graph.save(path, {"input": [1, 3, 224, 224]}, ids)


def _occluder(path: Path) -> None:
    graph = _Graph()
    mask = np.ones((1, 256, 256, 1), np.float32)
    mask[:, 200:] = 0
    made = graph.add("Add", graph.weight(mask), _nothing_of(graph, "input"))
    graph.save(path, {"input": [1, 256, 256, 3]}, {"output": (made, FLOAT)})


def _parser(path: Path) -> None:
    graph = _Graph()
    small = np.zeros((1, 19, 64, 64), np.float32)
    small[:, 1, 8:56, 8:56] = 1
    sized = graph.add("Resize", graph.weight(small), "", graph.weight([1, 1, 8, 8]), mode="nearest")
    made = graph.add("Add", sized, _nothing_of(graph, "input"))
    graph.save(path, {"input": [1, 3, 512, 512]}, {"output": (made, FLOAT)})


def _swapper(path: Path, side: int) -> None:
    """Turn colours round, filter them, and tint them by the source's embedding."""
    graph = _Graph()
    rng = np.random.default_rng(side)
    filters = rng.normal(size=(3, 3, 3, 3)) * 0.02
    filters[range(3), (2, 0, 1), 1, 1] += 0.8
    turned = graph.add("Conv", "target", graph.weight(filters), pads=[1, 1, 1, 1])
    tint = graph.add("MatMul", "source", graph.weight(rng.normal(size=(512, 3)) * 0.02))
    tint = graph.add("Reshape", tint, graph.weight([1, 3, 1, 1], np.int64))
    made = graph.add("Add", turned, tint)
    graph.weight(np.eye(512))  # inswapper's last one turns embeddings
    graph.save(path, {"source": [1, 512], "target": [1, 3, side, side]}, {"output": (made, FLOAT)})


def _enhancer(path: Path) -> None:
    graph = _Graph()
    rng = np.random.default_rng(7)
    filters = rng.normal(size=(3, 3, 3, 3)) * 0.02
    filters[range(3), range(3), 1, 1] += 0.9
    made = graph.add("Conv", "input", graph.weight(filters), pads=[1, 1, 1, 1])
    graph.save(path, {"input": [1, 3, 512, 512]}, {"output": (made, FLOAT)})


def _lip_syncer(path: Path) -> None:
    """Tint the lower half of the face by how loud it is."""
    graph = _Graph()
    face = graph.add(
        "Slice",
        "target",
        graph.weight([3], np.int64),
        graph.weight([6], np.int64),
        graph.weight([1], np.int64),
    )
    loud = graph.add("Mul", graph.add("ReduceMean", "source", keepdims=0), graph.weight(0.2))
    made = graph.add("Add", face, loud)
    graph.save(
        path,
        {"source": [1, 1, 80, 16], "target": [1, 6, 96, 96]},
        {"output": (made, FLOAT)},
    )


def _voice(path: Path) -> None:
    graph = _Graph()
    made = graph.add("Mul", "input", graph.weight(1.0))
    graph.save(path, {"input": ["batch", 4, 3072, 256]}, {"output": (made, FLOAT)})


def _enlarger(path: Path, scale: int) -> None:
    graph = _Graph()
    made = graph.add("Resize", "input", "", graph.weight([1, 1, scale, scale]), mode="nearest")
    graph.save(path, {"input": [1, 3, "height", "width"]}, {"output": (made, FLOAT)})


def _green(graph: _Graph) -> str:
    """Return how much greener than red the picture is: what the content check refuses."""
    green, red = _channel(graph, "input", 1), _channel(graph, "input", 0)
    return graph.add("ReduceMean", _sub(graph, green, red), keepdims=0)


def _judge(path: Path, side: int, shape: Sequence[int]) -> None:
    graph = _Graph()
    score = graph.add("Mul", _green(graph), graph.weight(8.0))
    spread = np.zeros(shape, np.float32)
    spread[:, -1] = 1
    made = graph.add("Mul", graph.weight(spread), score)
    graph.save(path, {"input": [1, 3, side, side]}, {"output": (made, FLOAT)})


MODELS: dict[str, Callable[[Path], None]] = {
    "2dfan4": _landmarker,
    "arcface_w600k_r50": _recogniser,
    "bisenet_resnet_34": _parser,
    "fairface": _classifier,
    "fan_68_5": _five_to_68,
    "gfpgan_1.4": _enhancer,
    "hyperswap_1a_256": lambda path: _swapper(path, 256),
    "inswapper_128": lambda path: _swapper(path, 128),
    "kim_vocal_2": _voice,
    "nsfw_1": lambda path: _judge(path, 640, (1, 6, 16)),
    "nsfw_2": lambda path: _judge(path, 384, (1, 2)),
    "nsfw_3": lambda path: _judge(path, 448, (1, 4)),
    "span_kendata_x4": lambda path: _enlarger(path, 4),
    "wav2lip_gan_96": _lip_syncer,
    "xseg_1": _occluder,
    "yoloface_8n": _detector,
}


def make_models(folder: Path) -> Path:
    """Write every stub model and its digest file into ``folder``; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in MODELS.items():
        make(folder / f"{name}.onnx")
    return folder


if __name__ == "__main__":
    import sys

    make_models(Path(sys.argv[1]))
