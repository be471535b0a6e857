#!/usr/bin/env python3
"""Golden values and gradients for autograd's fused operations, from PyTorch.

    python3 golden.py      writes golden.safetensors beside itself

Made with Python 3.11.2, torch 2.13.0+cpu, numpy 2.4.6, seed 20260101.

Everything is computed in float64 from inputs that are exact in float32, then rounded once, so a float32 implementation is
compared with the true value, not with another float32 rounding. For each case:

    CASE.in.NAME     inputs
    CASE.out         the output
    CASE.cot         what the output is multiplied with before summing: loss = sum(out * cot)
    CASE.grad.NAME   gradients of the inputs
"""
import json
import struct
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

torch.manual_seed(20260101)
tensors = {}


def rand(*shape):
    return torch.randn(shape, dtype=torch.float32).double()


def case(name, function, **inputs):
    leaves = {k: v.clone().requires_grad_(True) for k, v in inputs.items()}
    out = function(**leaves)
    cot = rand(*out.shape)
    (out * cot).sum().backward()
    tensors[f"{name}.out"] = out.detach()
    tensors[f"{name}.cot"] = cot
    for k, v in leaves.items():
        tensors[f"{name}.in.{k}"] = v.detach()
        tensors[f"{name}.grad.{k}"] = v.grad


def save(path):
    header, body = {}, b""
    for name in sorted(tensors):
        data = tensors[name].numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensors[name].shape),
                        "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


case("layerNorm", lambda x, gamma, beta: F.layer_norm(x, (33,), gamma, beta, 1e-5),
     x=rand(4, 5, 33) * 3 + 1, gamma=rand(33), beta=rand(33))
case("rmsNorm", lambda x, gamma: F.rms_norm(x, (20,), gamma, 1e-5), x=rand(6, 20), gamma=rand(20))
case("batchNorm", lambda x, gamma, beta: F.batch_norm(x, None, None, gamma, beta, True, 0.1, 1e-5),
     x=rand(17, 9) * 2 - 3, gamma=rand(9), beta=rand(9))
case("batchNormSequence", lambda x, gamma, beta: F.batch_norm(x, None, None, gamma, beta, True, 0.1, 1e-5),
     x=rand(3, 4, 7), gamma=rand(4), beta=rand(4))
case("gelu", lambda x: F.gelu(x), x=rand(200) * 3)
case("silu", lambda x: F.silu(x), x=rand(200) * 3)
case("softplus", lambda x: F.softplus(x), x=rand(200) * 6)
case("linearGelu", lambda x, w, b: F.gelu(F.linear(x, w, b)), x=rand(3, 4, 18), w=rand(21, 18) / 4, b=rand(21))


def heads(x, h):
    return x.unflatten(-1, (h, -1)).transpose(1, 2)


def attention(q, k, v, mask=None, causal=False):
    out = F.scaled_dot_product_attention(heads(q, 3), heads(k, 3), heads(v, 3), attn_mask=mask, is_causal=causal)
    return out.transpose(1, 2).flatten(2)


keys = torch.ones(2, 9)
keys[0, 6:] = 0
keys[1, 0] = 0
tensors["attentionPadded.mask"] = keys
case("attentionPadded", lambda q, k, v: attention(q, k, v, mask=keys.bool()[:, None, None, :]),
     q=rand(2, 5, 12), k=rand(2, 9, 12), v=rand(2, 9, 15))
case("attentionCausal", lambda q, k, v: attention(q, k, v, causal=True),
     q=rand(2, 8, 12), k=rand(2, 8, 12), v=rand(2, 8, 12))

targets = torch.tensor([3, 0, 6, -100, 2, 2, 5, 1])
weights = torch.tensor([0.5, 1, 1.5, 2, 0.25, 1, 3]).double()
tensors["crossEntropy.targets"] = targets.double()
tensors["crossEntropy.weights"] = weights
case("crossEntropy", lambda x: F.cross_entropy(x, targets), x=rand(8, 7))
case("crossEntropySmoothed", lambda x: F.cross_entropy(x, targets, label_smoothing=0.1), x=rand(8, 7) * 2)
case("crossEntropyWeighted", lambda x: F.cross_entropy(x, targets, weights, label_smoothing=0.2), x=rand(8, 7) * 2)

labels = torch.rand(6, 3).float().double()
positive = torch.tensor([0.5, 2, 3]).double()
tensors["bce.labels"] = labels
tensors["bce.positive"] = positive
case("bce", lambda x: F.binary_cross_entropy_with_logits(x, labels, pos_weight=positive), x=rand(6, 3) * 4)
target = rand(6, 3)
tensors["huber.target"] = target
case("huber", lambda x: F.huber_loss(x, target, delta=0.7), x=rand(6, 3))
tensors["gaussianNll.target"] = target
case("gaussianNll", lambda x, s: F.gaussian_nll_loss(x, target, s.exp()), x=rand(6, 3), s=rand(6, 3))
case("matmulBroadcast", lambda a, b: a @ b, a=rand(2, 1, 4, 6), b=rand(3, 6, 5))
case("logSumExp", lambda x: x.logsumexp(1), x=rand(5, 8) * 5)

save(Path(__file__).parent / "golden.safetensors")
print(np.__version__, torch.__version__, len(tensors), "tensors")
