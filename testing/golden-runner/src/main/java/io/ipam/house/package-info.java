/**
 * Shared parts of the house tests of several modules: the project's folder, the exported types, and
 * their signatures.
 */
@NullMarked
package io.ipam.house;

import org.jspecify.annotations.NullMarked;
