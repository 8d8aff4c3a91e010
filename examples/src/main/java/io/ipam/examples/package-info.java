/** The quickstart, a back end for a CNI plugin, and processes that share a realm. */
@NullMarked
package io.ipam.examples;

import org.jspecify.annotations.NullMarked;
