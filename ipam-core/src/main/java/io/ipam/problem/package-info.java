/** What is wrong with an input: where, which rule, the offending text. */
@NullMarked
package io.ipam.problem;

import org.jspecify.annotations.NullMarked;
