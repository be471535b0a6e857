"""Trajectories of PyTorch's optimisers under a fixed sequence of gradients, and factors of its schedules.

python3 golden.py > golden.json    # torch 2.13.0, seed 7
"""
import json
import torch

torch.manual_seed(7)
STEPS = 12
w0, b0 = torch.randn(3, 2), torch.randn(2)
grads = [(torch.randn(3, 2), torch.randn(2)) for _ in range(STEPS)]

OPTIMISERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "sgd_decay": lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.05),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.05),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
    "adam": lambda p: torch.optim.Adam(p, lr=0.05),
    "adam_decay": lambda p: torch.optim.Adam(p, lr=0.05, weight_decay=0.1),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.05, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, momentum=0.5, weight_decay=0.1),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=0.1, weight_decay=0.1),
}


def run(make):
    w, b = w0.clone().requires_grad_(), b0.clone().requires_grad_()
    opt = make([w, b])
    path = []
    for gw, gb in grads:
        w.grad, b.grad = gw.clone(), gb.clone()
        opt.step()
        path.append({"w": w.detach().flatten().tolist(), "b": b.detach().tolist()})
    return path


def factors(make, steps):
    opt = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule = make(opt)
    out = []
    for _ in range(steps):
        out.append(opt.param_groups[0]["lr"])
        opt.step()
        schedule.step()
    return out


L = torch.optim.lr_scheduler
plateau_losses = [5, 4, 4.1, 4.2, 4.3, 3.99999, 4, 4, 3, 3, 3, 3, 3, 3]
opt = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
plateau = L.ReduceLROnPlateau(opt, factor=0.5, patience=2, threshold=1e-4, min_lr=0.2)
plateau_factors = []
for loss in plateau_losses:
    plateau.step(loss)
    plateau_factors.append(opt.param_groups[0]["lr"])

print(json.dumps({
    "torch": torch.__version__,
    "w0": w0.flatten().tolist(), "b0": b0.tolist(),
    "gradients": [{"w": gw.flatten().tolist(), "b": gb.tolist()} for gw, gb in grads],
    "optimisers": {name: run(make) for name, make in OPTIMISERS.items()},
    "schedules": {
        "step": factors(lambda o: L.StepLR(o, 4, 0.3), 14),
        "cosine": factors(lambda o: L.CosineAnnealingLR(o, 10, 0.1), 10),
        "warm_restarts": factors(lambda o: L.CosineAnnealingWarmRestarts(o, 4, 2, 0.05), 30),
        "linear": factors(lambda o: L.LinearLR(o, 1.0, 0.2, 8), 12),
        "one_cycle": factors(lambda o: L.OneCycleLR(o, 1.0, 20, 0.3, div_factor=25, final_div_factor=1e4), 20),
    },
    "plateau": {"losses": plateau_losses, "factors": plateau_factors},
}))
