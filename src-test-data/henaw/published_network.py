"""The published network written independently in PyTorch, with made-up weights: input, state and outputs as safetensors.

python3 published_network.py    # torch 2.13.0, seed 11; writes published_network.safetensors
"""
import json
import struct
import torch
from torch import nn

torch.manual_seed(11)
E, SYSTEMS = 16, {"inflammation": [0, 4], "metabolism": [1, 6, 8, 7], "filtration": [2, 3], "haematology": [5, 4]}


def head(h):
    return nn.Sequential(nn.Linear(112, h), nn.ReLU(), nn.Dropout(.2), nn.Linear(h, 1))


class Weighting(nn.Module):
    def __init__(self):
        super().__init__()
        self.gate_in, self.gate_out = nn.Linear(1, 32), nn.Linear(32, 9)
        self.register_buffer("running_mean", torch.zeros(9))
        self.register_buffer("running_var", torch.ones(9))

    def forward(self, x, age):
        if self.training:
            self.running_mean.mul_(.9).add_(.1 * x.mean(0))
            self.running_var.mul_(.9).add_(.1 * x.var(0))
        cv = self.running_var.sqrt() / (self.running_mean.abs() + 1e-8)
        base = torch.softmax(-cv / .5, 0)
        w = base * torch.softmax(self.gate_out(torch.relu(self.gate_in((age - 50) / 20))), 1)
        return w / (w.sum(1, keepdim=True) + 1e-8)


class Published(nn.Module):
    def __init__(self):
        super().__init__()
        self.adaptive_weighting = Weighting()
        for j in range(9):
            setattr(self, f"encoder{j}", nn.Sequential(nn.Linear(1, E), nn.ReLU(), nn.Dropout(.2), nn.Linear(E, E)))
        for name, members in SYSTEMS.items():
            setattr(self, name + "_attention", nn.MultiheadAttention(E, 4, dropout=.2, batch_first=True))
            setattr(self, name + "_projection", nn.Linear(len(members) * E, E))
        self.across = nn.MultiheadAttention(E, 4, dropout=.2, batch_first=True)
        self.individual = nn.Sequential(nn.Linear(9, 64), nn.ReLU(), nn.BatchNorm1d(64), nn.Dropout(.2),
                                        nn.Linear(64, 32), nn.ReLU(), nn.BatchNorm1d(32), nn.Dropout(.2))
        self.interactions = nn.Sequential(nn.Linear(3, 32), nn.ReLU(), nn.Dropout(.2), nn.Linear(32, 16))
        self.age, self.mortality = head(16), head(64)
        for k in range(4):
            setattr(self, f"morbidity{k}", head(32))

    def forward(self, z, age):
        x = z * self.adaptive_weighting(z, age)
        tokens = [getattr(self, f"encoder{j}")(x[:, j:j + 1]) for j in range(9)]
        vectors = []
        for name, members in SYSTEMS.items():
            t = torch.stack([tokens[j] for j in members], 1)
            a, _ = getattr(self, name + "_attention")(t, t, t)
            vectors.append(getattr(self, name + "_projection")(a.flatten(1)))
        v = torch.stack(vectors, 1)
        s, _ = self.across(v, v, v)
        ratio = torch.where(z[:, 8].abs() < 1e-6, torch.ones(len(z)), (z[:, 7] / z[:, 8]).clamp(.1, 10))
        g = torch.stack([(z[:, 0] * z[:, 1]).clamp(-1e6, 1e6), (z[:, 2] * z[:, 3]).clamp(-1e6, 1e6), ratio], 1)
        joined = torch.cat([s.flatten(1), self.individual(x), self.interactions(g)], 1)
        return self.age(joined), self.mortality(joined), torch.cat(
            [getattr(self, f"morbidity{k}")(joined) for k in range(4)], 1)


net = Published()
assert sum(p.numel() for p in net.parameters()) == 38_447
z, age = torch.randn(12, 9), torch.rand(12, 1) * 30 + 40
z[3, 8] = 0
net.train()
for m in net.modules():
    if isinstance(m, nn.Dropout): m.p = 0.
    if isinstance(m, nn.MultiheadAttention): m.dropout = 0.
with torch.no_grad():
    for _ in range(3): net(z * 3 + 1, age)     # moves the running statistics away from their start
net.eval()
with torch.no_grad():
    years, hazard, morbidity = net(z, age)
out = dict(net.state_dict())
out = {"state." + k: v for k, v in out.items()}
out |= {"z": z, "age": age, "out.age": years, "out.hazard": hazard, "out.morbidity": morbidity}
header, blob = {}, b""
for name, t in out.items():
    data = t.detach().contiguous().to(torch.float32).numpy().tobytes()
    header[name] = {"dtype": "F32", "shape": list(t.shape), "data_offsets": [len(blob), len(blob) + len(data)]}
    blob += data
head_bytes = json.dumps(header).encode()
head_bytes += b" " * (-len(head_bytes) % 8)
with open("published_network.safetensors", "wb") as f:
    f.write(struct.pack("<Q", len(head_bytes)) + head_bytes + blob)
