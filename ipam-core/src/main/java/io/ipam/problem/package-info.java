/** Validation problems: path, offending text, violated rule, and hint. */
@NullMarked
package io.ipam.problem;

import org.jspecify.annotations.NullMarked;
