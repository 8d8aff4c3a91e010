/** The quickstart. */
@NullMarked
package io.ipam.examples;

import org.jspecify.annotations.NullMarked;
