/**
 * Shared parts of the tests of several modules: the project's folder, the exported types, their
 * signatures, and waits.
 */
@NullMarked
package io.ipam.house;

import org.jspecify.annotations.NullMarked;
