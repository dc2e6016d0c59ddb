/**
 * The SIMD kernels, and the only kernels that import the incubating vector module; they are loaded by name, after the checks
 * of {@link dev.nemotron.kernel.KernelSelection}.
 *
 * <p>House rules, each paid for by a cliff of the compiler. A hot loop is one self-contained method of less than about 1,500
 * bytes of bytecode; vectors never cross a method boundary, since they would be boxed. Reductions never use
 * {@code reduceLanes(ADD)}, whose order differs between interpreter and compiler: lanes are summed by halves, by shuffles.
 * Tails are plain code with the same operations, so no kernel needs masked memory access.
 */
@NullMarked
package dev.nemotron.kernel.vector;

import org.jspecify.annotations.NullMarked;
