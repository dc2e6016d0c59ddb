"""How far two arrays are apart."""

import numpy as np


def relative_l2(value: np.ndarray, truth: np.ndarray) -> float:
    return float(np.linalg.norm(np.asarray(value) - truth) / np.linalg.norm(truth))
