/**
 * Runs golden vectors against a check and accounts for every deliberate difference.
 *
 * <p>The vectors are the resources under {@code golden/}; their {@code README.md} describes the
 * format. With {@code -Dgolden.dir=DIR} the files of another folder of the same format are read
 * instead.
 */
@NullMarked
package io.ipam.golden;

import org.jspecify.annotations.NullMarked;
