/** Curves of cost, their exponents, and their plots. */
@NullMarked
package io.ipam.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
