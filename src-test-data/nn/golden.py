#!/usr/bin/env python3
"""Golden values for the nn module, from PyTorch.

    python3 golden.py                 writes golden/*.safetensors
    python3 golden.py check written   loads every state dict in written/, as saved by Lanewise, into the PyTorch module of the
                                      same name (strictly), and compares it bit for bit with the golden state

Made with Python 3.11.2, torch 2.13.0+cpu, safetensors 0.8.0, seed 20260101.

Everything is computed in float64 from inputs and parameters that are exact in float32, then rounded once, so a float32
implementation is compared with the true value, not with another float32 rounding.

Names in a file:
    state.*    the state dict of the module before the forward pass
    in.*       inputs (indices and masks as float32)
    out, out.* outputs
    cot, cot.* what the output is multiplied with before summing: loss = sum(out * cot)
    grad.*     gradients of the parameters
    gin.*      gradients of the inputs
    after.*    buffers after the forward pass
"""
import copy
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import nn

HERE = Path(__file__).parent
OUT = HERE / "golden"
SEED = 20260101


def rand(*shape):
    return torch.randn(shape).float().double()


def exact(module, spread=True):
    """The module in double precision with float32-representable parameters, none of them at a special value."""
    module = module.double()
    with torch.no_grad():
        for name, p in module.named_parameters():
            if spread and (p.dim() == 1):
                p.add_(0.3 * torch.randn_like(p))
            p.copy_(p.float().double())
        for name, b in module.named_buffers():
            if b.is_floating_point():
                b.copy_((b + 0.2 * torch.rand_like(b)).float().double())
    return module


def store(name, tensors):
    OUT.mkdir(exist_ok=True)
    clean = {k: v.detach().to(torch.float32).contiguous().clone() for k, v in tensors.items()}
    write(name, clean)


def write(name, tensors):
    path = OUT / f"{name}.safetensors"
    save_file(tensors, path, metadata={"origin": f"torch {torch.__version__}, seed {SEED}"})
    path.chmod(0o644)


def record(name, module, inputs, call=None, plain=None):
    """Runs the module on `inputs` (differentiable) and writes the case. `plain`: what is stored but not differentiated."""
    state = {f"state.{k}": v.clone() for k, v in module.state_dict().items()}
    inputs = {k: v.clone().requires_grad_() for k, v in inputs.items()}
    out = call(**inputs) if call else module(*inputs.values())
    outs = out if isinstance(out, dict) else {"": out}
    case = dict(state)
    loss = 0
    for key, value in outs.items():
        dot = "." + key if key else ""
        cot = rand(*value.shape)
        loss = loss + (value * cot).sum()
        case["out" + dot] = value
        case["cot" + dot] = cot
    loss.backward()
    for k, v in inputs.items():
        case[f"in.{k}"] = v
        case[f"gin.{k}"] = v.grad if v.grad is not None else torch.zeros_like(v)
    for k, v in (plain or {}).items():
        case[f"in.{k}"] = v
    for k, p in module.named_parameters():
        case[f"grad.{k}"] = p.grad if p.grad is not None else torch.zeros_like(p)
    for k, b in module.named_buffers():
        case[f"after.{k}"] = b
    store(name, case)


# --- the modules; `check` builds them again by name

def linear(): return nn.Linear(5, 3)
def linear_no_bias(): return nn.Linear(5, 3, bias=False)
def embedding(): return nn.Embedding(7, 4, padding_idx=2)
def layernorm(): return nn.LayerNorm(6)
def rmsnorm(): return nn.RMSNorm(6, eps=1e-6)
def batchnorm(): return nn.BatchNorm1d(4)
def mha(): return nn.MultiheadAttention(8, 2, batch_first=True)
def mha_no_bias(): return nn.MultiheadAttention(8, 4, bias=False, batch_first=True)
def mha_cross(): return nn.MultiheadAttention(8, 2, kdim=6, vdim=5, batch_first=True)
def encoder_post(): return nn.TransformerEncoderLayer(8, 2, 12, dropout=0.0, batch_first=True)
def encoder_pre():
    return nn.TransformerEncoderLayer(8, 2, 12, dropout=0.0, activation="gelu", batch_first=True, norm_first=True)
def encoder_stack():
    return nn.TransformerEncoder(encoder_pre(), 2, norm=nn.LayerNorm(8), enable_nested_tensor=False)
def gru(): return nn.GRU(3, 4, batch_first=True)
def gru_deep(): return nn.GRU(3, 4, num_layers=2, bidirectional=True, batch_first=True)
def gru_packed(): return gru_deep()
def gru_no_bias(): return nn.GRU(3, 4, bias=False, batch_first=True)
def mlp():
    return nn.Sequential(nn.Linear(5, 8), nn.GELU(), nn.BatchNorm1d(8), nn.Linear(8, 8), nn.SiLU(), nn.LayerNorm(8),
                         nn.Linear(8, 2))


class ResidualMlp(nn.Module):
    """x + (Linear, activation, norm, Linear, activation, norm)(x)."""

    def __init__(self):
        super().__init__()
        self.inner = nn.Sequential(nn.Linear(6, 6), nn.GELU(), nn.BatchNorm1d(6), nn.Dropout(0.0),
                                   nn.Linear(6, 6), nn.GELU(), nn.BatchNorm1d(6))

    def forward(self, x):
        return x + self.inner(x)


def residual_mlp(): return ResidualMlp()


def modules():
    record("linear", exact(linear()), {"x": rand(4, 5)})
    record("linear_no_bias", exact(linear_no_bias()), {"x": rand(2, 3, 5)})

    ids = torch.tensor([[0, 2, 6], [2, 6, 6]])
    m = exact(embedding())
    with torch.no_grad():
        m.weight[2] = rand(4)  # a padding row need not be zero, it only gets no gradient
    record("embedding", m, {}, call=lambda: m(ids), plain={"ids": ids})

    record("layernorm", exact(layernorm()), {"x": rand(3, 2, 6)})
    record("rmsnorm", exact(rmsnorm()), {"x": rand(3, 2, 6)})

    m = exact(batchnorm())
    record("batchnorm_train", m, {"x": rand(6, 4) * 2 + 1})
    m = exact(batchnorm()).eval()
    record("batchnorm_eval", m, {"x": rand(6, 4) * 2 + 1})

    x = torch.cat([rand(2, 7) * 2, torch.tensor([[0.0, 25.0, -25.0, 1e-4, -1e-4, 8.0, -8.0]]).double()])
    functions = {"gelu": F.gelu, "relu": F.relu, "silu": F.silu, "tanh": torch.tanh, "softplus": F.softplus,
                 "sigmoid": torch.sigmoid}
    record("activations", nn.Module(), {"x": x}, call=lambda x: {k: f(x) for k, f in functions.items()})

    pad = torch.tensor([[0, 0, 0, 0, 0], [0, 0, 0, 1, 1], [0, 1, 0, 1, 0]]).bool()
    x = rand(3, 5, 8)
    m = exact(mha())
    record("mha", m, {"x": x}, call=lambda x: m(x, x, x, need_weights=False)[0])
    m = exact(mha())
    record("mha_padding", m, {"x": x}, plain={"padding": pad},
           call=lambda x: m(x, x, x, key_padding_mask=pad, need_weights=False)[0])
    m = exact(mha())
    add = torch.triu(torch.full((5, 5), float("-inf")), diagonal=1).double() + torch.tril(rand(5, 5))
    record("mha_additive", m, {"x": x}, plain={"mask": add},
           call=lambda x: m(x, x, x, attn_mask=add, need_weights=False)[0])
    m = exact(mha_no_bias())
    record("mha_no_bias", m, {"x": x}, call=lambda x: m(x, x, x, need_weights=False)[0])
    m = exact(mha_cross())
    pad7 = torch.zeros(3, 7).bool()
    pad7[0, 4:] = True
    record("mha_cross", m, {"q": rand(3, 4, 8), "k": rand(3, 7, 6), "v": rand(3, 7, 5)}, plain={"padding": pad7},
           call=lambda q, k, v: m(q, k, v, key_padding_mask=pad7, need_weights=False)[0])
    m = exact(mha())
    record("mha_weights", m, {"x": x}, plain={"padding": pad},
           call=lambda x: m(x, x, x, key_padding_mask=pad, average_attn_weights=False)[1])

    for name, build in {"encoder_post": encoder_post, "encoder_pre": encoder_pre, "encoder_stack": encoder_stack}.items():
        m = exact(build())
        record(name, m, {"x": x}, plain={"padding": pad}, call=lambda x: m(x, src_key_padding_mask=pad))

    def run_gru(m):
        def call(x, h0):
            out, hn = m(x, h0)
            return {"seq": out, "last": hn}
        return call

    m = exact(gru())
    record("gru", m, {"x": rand(2, 5, 3), "h0": rand(1, 2, 4)}, call=run_gru(m))
    m = exact(gru_deep())
    record("gru_deep", m, {"x": rand(2, 5, 3), "h0": rand(4, 2, 4)}, call=run_gru(m))
    m = exact(gru_packed())
    lengths = torch.tensor([5, 2, 3])

    def packed(x, h0):
        pack = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, hn = m(pack, h0)
        return {"seq": nn.utils.rnn.pad_packed_sequence(out, batch_first=True)[0], "last": hn}

    record("gru_packed", m, {"x": rand(3, 5, 3), "h0": rand(4, 3, 4)}, call=packed, plain={"lengths": lengths})
    m = exact(gru_no_bias())
    record("gru_no_bias", m, {"x": rand(2, 5, 3), "h0": rand(1, 2, 4)}, call=run_gru(m))

    m = exact(mlp())
    write("mlp_state_dict", copy.deepcopy(m).float().state_dict())  # as users save it: with the int64 batch counter
    record("mlp", m, {"x": rand(7, 5)})
    record("residual_mlp", exact(residual_mlp()), {"x": rand(7, 6)})


def loss(name, inputs, call, plain=None):
    """All three reductions of a loss, differentiated together."""
    record(f"loss_{name}", nn.Module(), inputs, plain=plain,
           call=lambda **kw: {r: call(reduction=r, **kw) for r in ("mean", "sum", "none")})


def losses():
    pred, target = rand(4, 3) * 2, rand(4, 3)
    loss("mse", {"pred": pred}, lambda reduction, pred: F.mse_loss(pred, target, reduction=reduction), {"target": target})
    loss("mae", {"pred": pred}, lambda reduction, pred: F.l1_loss(pred, target, reduction=reduction), {"target": target})
    loss("huber", {"pred": pred},
         lambda reduction, pred: F.huber_loss(pred, target, reduction=reduction, delta=0.7), {"target": target})

    yes = (torch.rand(4, 3) < 0.4).double()
    weight, pos = torch.rand(4, 3).float().double() + 0.5, torch.tensor([1.5, 0.25, 3.0]).double()
    logits = torch.cat([rand(3, 3) * 3, torch.tensor([[60.0, -60.0, 0.0]]).double()])
    loss("bce", {"logits": logits},
         lambda reduction, logits: F.binary_cross_entropy_with_logits(logits, yes, reduction=reduction), {"target": yes})
    loss("bce_weighted", {"logits": logits},
         lambda reduction, logits: F.binary_cross_entropy_with_logits(logits, yes, weight=weight, pos_weight=pos,
                                                                      reduction=reduction),
         {"target": yes, "weight": weight, "pos_weight": pos})

    logits, labels = rand(5, 4) * 2, torch.tensor([0, 3, 1, 2, 3])
    skipped = torch.tensor([0, -100, 1, 2, 3])
    classes = torch.tensor([0.5, 2.0, 1.0, 1.25]).double()
    loss("ce", {"logits": logits},
         lambda reduction, logits: F.cross_entropy(logits, labels, reduction=reduction), {"target": labels})
    loss("ce_smooth", {"logits": logits},
         lambda reduction, logits: F.cross_entropy(logits, labels, label_smoothing=0.1, reduction=reduction),
         {"target": labels})
    loss("ce_full", {"logits": logits},
         lambda reduction, logits: F.cross_entropy(logits, skipped, weight=classes, label_smoothing=0.2,
                                                   reduction=reduction),
         {"target": skipped, "weight": classes})

    mean, log_var, y = rand(6), rand(6), rand(6) * 2
    loss("gaussian", {"mean": mean, "log_variance": log_var},
         lambda reduction, mean, log_variance: F.gaussian_nll_loss(mean, y, log_variance.exp(), full=True, eps=1e-12,
                                                                   reduction=reduction),
         {"target": y})

    a, b = rand(4, 6), rand(4, 6)

    def info_nce(a, b, symmetric):
        scores = F.normalize(a, dim=-1) @ F.normalize(b, dim=-1).T / 0.07
        diagonal = torch.arange(len(a))
        one = F.cross_entropy(scores, diagonal)
        return (one + F.cross_entropy(scores.T, diagonal)) / 2 if symmetric else one

    record("loss_infonce", nn.Module(), {"a": a, "b": b}, call=lambda a, b: info_nce(a, b, False))
    record("loss_infonce_symmetric", nn.Module(), {"a": a, "b": b}, call=lambda a, b: info_nce(a, b, True))

    def siglip(a, b, t, bias):
        scores = F.normalize(a, dim=-1) @ F.normalize(b, dim=-1).T * t.exp() + bias
        signs = 2 * torch.eye(len(a)).double() - 1
        return -F.logsigmoid(signs * scores).sum() / len(a)

    record("loss_siglip", nn.Module(),
           {"a": a, "b": b, "t": torch.tensor(2.25).double(), "bias": torch.tensor(-1.5).double()}, call=siglip)


def check(folder):
    failures = 0
    for path in sorted(Path(folder).glob("*.safetensors")):
        module = globals()[path.stem]()
        ours = load_file(path)
        module.load_state_dict(ours, strict=True)
        golden = load_file(OUT / path.name)
        for key, value in module.state_dict().items():
            if not torch.equal(value.float(), golden["state." + key]):
                failures += 1
                print(f"{path.stem}: {key} differs")
        print(f"{path.stem}: {len(ours)} tensors, loaded strictly")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    if len(sys.argv) == 3 and sys.argv[1] == "check":
        check(sys.argv[2])
    modules()
    losses()
