/**
 * The order of commits as one process sees it: ask for news, decide a batch on the replica, attempt
 * to commit it, send the same bytes again while the outcome is unknown, apply, answer. Not
 * exported.
 *
 * <p>It contains no addresses and no pools: those are the {@linkplain
 * io.ipam.engine.commit.Replica replica's}.
 */
@NullMarked
package io.ipam.engine.commit;

import org.jspecify.annotations.NullMarked;
