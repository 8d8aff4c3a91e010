/** How contestants are measured in one run, and how a row of the report is judged. */
@NullMarked
package io.ipam.benchmarks.contest;

import org.jspecify.annotations.NullMarked;
