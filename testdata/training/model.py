"""The Nemotron 3 Super architecture in PyTorch, for training and as the reference of the exported weights.

Several documents share a row of tokens: convolution, state-space scan and attention are reset at document borders.
Module names are those of the published tensors.
"""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

RESET = 40.0  # subtracted from the log decay at the first token of a document: exp(-40) forgets the state
FORGOTTEN = -60.0  # smallest exponent: keeps clear of slow denormal numbers


@dataclass
class Shape:
    vocabulary: int = 1536
    hidden: int = 192
    pattern: str = "MEM*EMEM*E"
    mtp_pattern: str = "*E"
    mamba_heads: int = 8
    mamba_head_dim: int = 32
    state: int = 32
    groups: int = 2
    taps: int = 4
    heads: int = 4
    kv_heads: int = 2
    head_dim: int = 32
    experts: int = 16
    active_experts: int = 4
    latent: int = 64
    expert_width: int = 128
    shared_width: int = 16
    scaling: float = 2.5
    eps: float = 1e-5
    chunk: int = 64


@dataclass
class Rows:
    """What the mixers must know of the documents in the rows: place of a token in its document and who sees whom."""

    place: torch.Tensor  # [B,T] distance to the first token of the document
    visible: torch.Tensor  # [B,1,T,T] causal and inside the document


class RMSNorm(nn.Module):
    def __init__(self, width, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x):
        x = x.float()
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.eps) * self.weight


def linear(inputs, outputs, gain=1.0):
    layer = nn.Linear(inputs, outputs, bias=False)
    nn.init.normal_(layer.weight, std=gain / math.sqrt(inputs))
    return layer


class Mamba(nn.Module):
    def __init__(self, s: Shape):
        super().__init__()
        self.s, self.inner = s, s.mamba_heads * s.mamba_head_dim
        self.conv_width = self.inner + 2 * s.groups * s.state
        self.in_proj = linear(s.hidden, self.inner + self.conv_width + s.mamba_heads)
        self.conv1d = nn.Conv1d(self.conv_width, self.conv_width, s.taps, groups=self.conv_width)
        step = torch.exp(torch.rand(s.mamba_heads) * (math.log(0.1) - math.log(0.001)) + math.log(0.001))
        self.dt_bias = nn.Parameter(step + torch.log(-torch.expm1(-step)))
        self.A_log = nn.Parameter(torch.log(torch.linspace(1, 8, s.mamba_heads)))
        self.D = nn.Parameter(torch.ones(s.mamba_heads))
        self.norm = RMSNorm(self.inner, s.eps)
        self.out_proj = linear(self.inner, s.hidden, 0.3)

    def forward(self, u, rows: Rows):
        s = self.s
        z, xbc, dt = self.in_proj(u).split([self.inner, self.conv_width, s.mamba_heads], -1)
        xbc = self.convolve(xbc, rows.place)
        x, b, c = xbc.split([self.inner, s.groups * s.state, s.groups * s.state], -1)
        y = self.scan(x, F.softplus(dt.float() + self.dt_bias), b, c, rows.place == 0)
        v = y.float() * F.silu(z.float())
        v = v.unflatten(-1, (s.groups, -1))
        v = (v * torch.rsqrt(v.square().mean(-1, keepdim=True) + s.eps)).flatten(-2) * self.norm.weight
        return self.out_proj(v)

    def convolve(self, x, place):
        weight, length = self.conv1d.weight[:, 0], x.shape[1]
        total = x.float() * weight[:, -1] + self.conv1d.bias
        for back in range(1, self.s.taps):
            earlier = F.pad(x, (0, 0, back, 0))[:, :length].float()
            total = total + earlier * weight[:, -1 - back] * (place >= back).unsqueeze(-1)
        return F.silu(total)

    def scan(self, x, dt, b, c, first):
        """Chunked state-space scan. x [B,T,inner], dt [B,T,H], b and c [B,T,G*N], first [B,T]."""
        s, rows, length = self.s, x.shape[0], x.shape[1]
        n, per_group = length // s.chunk, s.mamba_heads // s.groups
        decay = -torch.exp(self.A_log) * dt - RESET * first.unsqueeze(-1)
        sums = decay.view(rows, n, s.chunk, s.mamba_heads).cumsum(2).permute(0, 1, 3, 2)  # [B,n,H,L]
        x = x.view(rows, n, s.chunk, s.mamba_heads, s.mamba_head_dim).permute(0, 1, 3, 2, 4)  # [B,n,H,L,P]
        b = b.view(rows, n, s.chunk, s.groups, s.state).permute(0, 1, 3, 2, 4)  # [B,n,G,L,N]
        c = c.view(rows, n, s.chunk, s.groups, s.state).permute(0, 1, 3, 2, 4)
        step = dt.view(rows, n, s.chunk, s.mamba_heads).permute(0, 1, 3, 2)
        stepped = x * step.unsqueeze(-1)
        causal = torch.ones(s.chunk, s.chunk, dtype=torch.bool, device=x.device).tril()
        between = torch.exp((sums.unsqueeze(-1) - sums.unsqueeze(-2)).clamp(FORGOTTEN, 0)) * causal  # [B,n,H,L,L]
        mixed = (c @ b.transpose(-1, -2)).repeat_interleave(per_group, 2)
        y = (mixed * between) @ stepped
        to_end = torch.exp((sums[..., -1:] - sums).clamp(FORGOTTEN, 0))
        states = (stepped * to_end.unsqueeze(-1)).transpose(-1, -2) @ b.repeat_interleave(per_group, 2)  # [B,n,H,P,N]
        whole = F.pad(sums[..., -1].permute(0, 2, 1), (1, 0)).cumsum(-1)  # [B,H,n+1]
        upto, start = whole[..., :-1], whole[..., 1:]
        earlier = torch.ones(n, n, dtype=torch.bool, device=x.device).tril(-1)
        carry = torch.exp((upto.unsqueeze(-1) - start.unsqueeze(-2)).clamp(FORGOTTEN, 0)) * earlier  # [B,H,n,n]
        states = carry @ states.permute(0, 2, 1, 3, 4).flatten(3)  # [B,H,n,P*N]
        states = states.unflatten(-1, (s.mamba_head_dim, s.state)).permute(0, 2, 1, 3, 4)
        y = y + torch.exp(sums.clamp(min=FORGOTTEN)).unsqueeze(-1) * (c.repeat_interleave(per_group, 2) @ states.transpose(-1, -2))
        y = y + self.D.view(-1, 1, 1) * x
        return y.permute(0, 1, 3, 2, 4).reshape(rows, length, self.inner)


class Attention(nn.Module):
    def __init__(self, s: Shape):
        super().__init__()
        self.s = s
        self.q_proj = linear(s.hidden, s.heads * s.head_dim)
        self.k_proj = linear(s.hidden, s.kv_heads * s.head_dim)
        self.v_proj = linear(s.hidden, s.kv_heads * s.head_dim)
        self.o_proj = linear(s.heads * s.head_dim, s.hidden, 0.3)

    def forward(self, u, rows: Rows):
        return self.attend(u, *self.keys(u), rows.visible)

    def keys(self, u):
        repeat = self.s.heads // self.s.kv_heads
        k = self.k_proj(u).unflatten(-1, (self.s.kv_heads, -1)).transpose(1, 2).repeat_interleave(repeat, 1)
        v = self.v_proj(u).unflatten(-1, (self.s.kv_heads, -1)).transpose(1, 2).repeat_interleave(repeat, 1)
        return k, v

    def attend(self, u, k, v, visible):
        q = self.q_proj(u).unflatten(-1, (self.s.heads, -1)).transpose(1, 2)
        out = F.scaled_dot_product_attention(q, k, v, attn_mask=visible)
        return self.o_proj(out.transpose(1, 2).flatten(2))


class Gate(nn.Module):
    def __init__(self, s: Shape):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(s.experts, s.hidden) * 0.02)
        self.register_buffer("e_score_correction_bias", torch.zeros(s.experts))


class Experts(nn.Module):
    """All routed experts in two matrices: up [E*W,latent], down [latent,E*W]."""

    def __init__(self, s: Shape):
        super().__init__()
        self.up = linear(s.latent, s.experts * s.expert_width)
        self.down = linear(s.experts * s.expert_width, s.latent)
        nn.init.normal_(self.down.weight, std=1 / math.sqrt(s.expert_width))


class Shared(nn.Module):
    def __init__(self, s: Shape):
        super().__init__()
        self.up_proj = linear(s.hidden, s.shared_width)
        self.down_proj = linear(s.shared_width, s.hidden, 0.3)

    def forward(self, u):
        return self.down_proj(F.relu(self.up_proj(u)).square())


class LatentMoE(nn.Module):
    def __init__(self, s: Shape):
        super().__init__()
        self.s = s
        self.gate, self.experts, self.shared_experts = Gate(s), Experts(s), Shared(s)
        self.fc1_latent_proj = linear(s.hidden, s.latent)
        self.fc2_latent_proj = linear(s.latent, s.hidden, 0.3)
        self.routed = True

    def forward(self, u):
        """The output, the load of each expert (share of tokens) and the active share of pre-activations."""
        s = self.s
        with torch.autocast("cpu", enabled=False):
            scores = torch.sigmoid(u.float() @ self.gate.weight.t())
            chosen = torch.topk(scores.detach() + self.gate.e_score_correction_bias, s.active_experts, -1).indices
            picked = torch.zeros_like(scores).scatter(-1, chosen, 1.0)
            weights = scores * picked
            weights = weights / (weights.sum(-1, keepdim=True) + 1e-20) * s.scaling
        raised = self.experts.up(self.fc1_latent_proj(u)).unflatten(-1, (s.experts, s.expert_width))
        inner = F.relu(raised).square() * weights.unsqueeze(-1)
        routed = self.fc2_latent_proj(self.experts.down(inner.flatten(-2)))
        active = (raised.detach() > 0).float().mean()
        load = picked.flatten(0, -2).mean(0)
        out = self.shared_experts(u)
        return (out + routed if self.routed else out), load, active


class Block(nn.Module):
    def __init__(self, s: Shape, kind: str):
        super().__init__()
        self.kind = kind
        self.norm = RMSNorm(s.hidden, s.eps)
        self.mixer = {"M": Mamba, "*": Attention, "E": LatentMoE}[kind](s)

    def forward(self, x, rows: Rows):
        if self.kind == "E":
            out, load, active = self.mixer(self.norm(x))
            return x + out, (load, active)
        return x + self.mixer(self.norm(x), rows), None


class MtpAttention(nn.Module):
    """First half of the MTP head: fusion of the next token with the hidden state, then attention."""

    def __init__(self, s: Shape):
        super().__init__()
        self.enorm, self.hnorm, self.norm = (RMSNorm(s.hidden, s.eps) for _ in range(3))
        self.eh_proj = linear(2 * s.hidden, s.hidden)
        self.mixer = Attention(s)

    def forward(self, embedded, hidden, visible, before):
        """`before` holds the keys and values of the depths above; the last mask column block is this depth's own."""
        f = self.eh_proj(torch.cat([self.enorm(embedded), self.hnorm(hidden)], -1)).float()
        u = self.norm(f)
        k, v = self.mixer.keys(u)
        if before is not None:
            k, v = torch.cat([before[0], k], 2), torch.cat([before[1], v], 2)
        return f + self.mixer.attend(u, k, v, visible), (k, v)


class MtpMoE(Block):
    def __init__(self, s: Shape):
        super().__init__(s, "E")
        self.final_layernorm = RMSNorm(s.hidden, s.eps)

    def forward(self, x):
        x, statistics = super().forward(x, None)
        return self.final_layernorm(x), statistics


class Backbone(nn.Module):
    def __init__(self, s: Shape):
        super().__init__()
        self.embeddings = nn.Embedding(s.vocabulary, s.hidden)
        nn.init.normal_(self.embeddings.weight, std=0.1)
        self.layers = nn.ModuleList(Block(s, kind) for kind in s.pattern)
        self.norm_f = RMSNorm(s.hidden, s.eps)


class Mtp(nn.Module):
    def __init__(self, s: Shape):
        super().__init__()
        self.layers = nn.ModuleList([MtpAttention(s), MtpMoE(s)])


class Nemotron(nn.Module):
    def __init__(self, s: Shape):
        super().__init__()
        self.s, self.backbone, self.mtp = s, Backbone(s), Mtp(s)
        self.lm_head = nn.Linear(s.hidden, s.vocabulary, bias=False)
        with torch.no_grad():
            self.lm_head.weight.copy_(self.backbone.embeddings.weight * 0.2)

    def trunk(self, ids, rows: Rows):
        """Hidden states after norm_f, and the statistics of the MoE blocks."""
        x, statistics = self.backbone.embeddings(ids), []
        for block in self.backbone.layers:
            x, seen = block(x, rows)
            if seen is not None:
                statistics.append(seen)
        return self.backbone.norm_f(x), statistics

    def drafts(self, ids, hidden, rows: Rows, depth: int):
        """Outputs of the MTP head at each depth; at depth k, position t predicts token t+1+k from the true tokens.

        Attention is that of speculative decoding: the true pairs up to t, then one entry for each further depth.
        """
        attention, moe = self.mtp.layers
        eye = torch.eye(ids.shape[1], dtype=torch.bool, device=ids.device)
        visible, before, outputs, statistics = rows.visible, None, [], []
        for k in range(1, depth + 1):
            following = F.pad(ids, (0, k))[:, k:]
            f, before = attention(self.backbone.embeddings(following), hidden, visible, before)
            hidden, seen = moe(f)
            outputs.append(hidden)
            statistics.append(seen)
            visible = torch.cat([visible, eye.expand(ids.shape[0], 1, -1, -1)], -1)
        return outputs, statistics


def rows_of(place: torch.Tensor) -> Rows:
    document = (place == 0).cumsum(-1)
    same = document.unsqueeze(-1) == document.unsqueeze(-2)
    length = place.shape[-1]
    causal = torch.ones(length, length, dtype=torch.bool, device=place.device).tril()
    return Rows(place, (same & causal).unsqueeze(1))
