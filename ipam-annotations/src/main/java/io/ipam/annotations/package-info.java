/** Annotations of pods and namespaces, and the CNI configuration. */
@NullMarked
package io.ipam.annotations;

import org.jspecify.annotations.NullMarked;
