/** An operator for Kubernetes that allocates the addresses of pods with ipam. */
@NullMarked
package io.ipam.examples.operator;

import org.jspecify.annotations.NullMarked;
