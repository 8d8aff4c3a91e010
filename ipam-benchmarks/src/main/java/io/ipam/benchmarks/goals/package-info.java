/** The goals of docs/performance.md, one class each. */
@NullMarked
package io.ipam.benchmarks.goals;

import org.jspecify.annotations.NullMarked;
