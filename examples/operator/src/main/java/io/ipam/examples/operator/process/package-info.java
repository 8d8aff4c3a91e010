/** The operator as a process: its options, its end, and its health. */
@NullMarked
package io.ipam.examples.operator.process;

import org.jspecify.annotations.NullMarked;
