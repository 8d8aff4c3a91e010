/** Measurement of contestants in one run, and the verdict on each row of the report. */
@NullMarked
package io.ipam.benchmarks.contest;

import org.jspecify.annotations.NullMarked;
