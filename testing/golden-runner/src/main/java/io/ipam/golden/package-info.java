/**
 * A runner that checks ipam against golden vectors, the recorded outcomes of the reference system
 * (Spiderpool), and lists every deliberate difference.
 *
 * <p>The vectors are the resources under {@code golden/}; their {@code README.md} describes the
 * format. {@code -Dgolden.dir=DIR} selects another folder of the same format.
 */
@NullMarked
package io.ipam.golden;

import org.jspecify.annotations.NullMarked;
