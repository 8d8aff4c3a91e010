/** Runs golden vectors against a check and accounts for every deliberate difference. */
@NullMarked
package io.ipam.golden;

import org.jspecify.annotations.NullMarked;
