"""Writes torch_peers.pt: what the benchmarks' libtorch side runs, as TorchScript, so that a whole step is one call into libtorch.

python3 torch_peers.py        (torch 2.13; the file loads in libtorch 2.7.1)

There are no weights in it: the Java side hands in the very arrays that Lanewise computes with.
"""
from typing import List, Optional

import torch
import torch.nn.functional as F
from torch import Tensor


class Peers(torch.nn.Module):
    """Every method takes tensors and gives one tensor or a list of them."""

    def forward(self, x: Tensor) -> Tensor:
        return x

    @torch.jit.export
    def attention(self, q: Tensor, k: Tensor, v: Tensor, heads: Tensor) -> Tensor:
        return self.heads_attention(q, k, v, int(heads.item()))

    @torch.jit.export
    def attention_gradients(self, q: Tensor, k: Tensor, v: Tensor, heads: Tensor, g: Tensor) -> List[Tensor]:
        q = q.detach().requires_grad_(True)
        k = k.detach().requires_grad_(True)
        v = v.detach().requires_grad_(True)
        out = self.heads_attention(q, k, v, int(heads.item()))
        return self.gradients(out, [q, k, v], g)

    @torch.jit.export
    def layer_norm(self, x: Tensor, gamma: Tensor, beta: Tensor) -> Tensor:
        return F.layer_norm(x, [x.size(-1)], gamma, beta, 1e-5)

    @torch.jit.export
    def layer_norm_gradients(self, x: Tensor, gamma: Tensor, beta: Tensor, g: Tensor) -> List[Tensor]:
        x = x.detach().requires_grad_(True)
        gamma = gamma.detach().requires_grad_(True)
        beta = beta.detach().requires_grad_(True)
        return self.gradients(F.layer_norm(x, [x.size(-1)], gamma, beta, 1e-5), [x, gamma, beta], g)

    @torch.jit.export
    def softmax(self, x: Tensor) -> Tensor:
        return torch.softmax(x, -1)

    @torch.jit.export
    def log_softmax(self, x: Tensor) -> Tensor:
        return torch.log_softmax(x, -1)

    @torch.jit.export
    def gelu(self, x: Tensor, out: Tensor) -> Tensor:
        return torch._C._nn.gelu(x, out=out)

    @torch.jit.export
    def exp(self, x: Tensor, out: Tensor) -> Tensor:
        return torch.exp(x, out=out)

    @torch.jit.export
    def tanh(self, x: Tensor, out: Tensor) -> Tensor:
        return torch.tanh(x, out=out)

    # Fused optimisers get the caller's lists: TorchScript leaves out writes to the elements of a list made here.

    @torch.jit.export
    def adamw(self, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: List[Tensor]) -> Tensor:
        torch._fused_adamw_(p, g, m, v, [], t, lr=1e-3, beta1=0.9, beta2=0.999, weight_decay=0.01, eps=1e-8, amsgrad=False,
                            maximize=False)
        return p[0]

    @torch.jit.export
    def sgd(self, p: List[Tensor], g: List[Tensor], buffers: List[Tensor]) -> Tensor:
        torch._fused_sgd_(p, g, buffers, weight_decay=0.0, momentum=0.9, lr=1e-3, dampening=0.0, nesterov=False,
                          maximize=False, is_first_step=False)
        return p[0]

    @torch.jit.export
    def train_step(self, x: Tensor, y: Tensor, p: List[Tensor], m: List[Tensor], v: List[Tensor], t: List[Tensor]) -> Tensor:
        """One AdamW step of Linear, GELU, residual blocks, Linear under the squared error.

        p: a weight before its bias, layer by layer; m, v: their moments; t: the steps done, one tensor for each of p.
        """
        n = len(p)
        for w in p:
            w.requires_grad_(True)
        h = F.gelu(F.linear(x, p[0], p[1]))
        for i in range(2, n - 2, 4):
            h = h + F.gelu(F.linear(F.gelu(F.linear(h, p[i], p[i + 1])), p[i + 2], p[i + 3]))
        loss = F.mse_loss(F.linear(h, p[n - 2], p[n - 1]), y)
        g = self.gradients(loss, p, torch.ones_like(loss))
        with torch.no_grad():
            for s in t:
                s.add_(1)
            torch._fused_adamw_(p, g, m, v, [], t, lr=1e-3, beta1=0.9, beta2=0.999, weight_decay=0.01, eps=1e-8,
                                amsgrad=False, maximize=False)
        return loss.detach()

    @torch.jit.export
    def encoder(self, x: Tensor, heads: Tensor, w: List[Tensor]) -> Tensor:
        """Transformer layers, the norm last, GELU: 12 tensors a layer in the order of torch.nn.TransformerEncoderLayer."""
        h = int(heads.item())
        e = x.size(-1)
        for i in range(0, len(w), 12):
            qkv = F.linear(x, w[i], w[i + 1])
            a = self.heads_attention(qkv[..., 0:e], qkv[..., e:2 * e], qkv[..., 2 * e:], h)
            x = F.layer_norm(x + F.linear(a, w[i + 2], w[i + 3]), [e], w[i + 8], w[i + 9], 1e-5)
            f = F.linear(F.gelu(F.linear(x, w[i + 4], w[i + 5])), w[i + 6], w[i + 7])
            x = F.layer_norm(x + f, [e], w[i + 10], w[i + 11], 1e-5)
        return x

    def heads_attention(self, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        a = F.scaled_dot_product_attention(self.split(q, heads), self.split(k, heads), self.split(v, heads))
        return a.transpose(1, 2).reshape(q.shape)

    def split(self, x: Tensor, heads: int) -> Tensor:
        return x.view(x.size(0), x.size(1), heads, -1).transpose(1, 2)

    def gradients(self, out: Tensor, inputs: List[Tensor], g: Tensor) -> List[Tensor]:
        seeds: List[Optional[Tensor]] = [g]
        found: List[Tensor] = []
        for d in torch.autograd.grad([out], inputs, seeds):
            assert d is not None
            found.append(d)
        return found


if __name__ == "__main__":
    torch.jit.script(Peers()).save("torch_peers.pt")
