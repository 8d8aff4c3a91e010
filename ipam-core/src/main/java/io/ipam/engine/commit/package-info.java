/**
 * The order of commits in one process. The committer requests news, decides a batch on the replica,
 * and attempts to commit it. It sends the same commit again while the outcome is unknown, applies
 * the commit, and returns the results to the callers. Not exported.
 *
 * <p>This package handles no addresses and no pools: they are part of the {@linkplain
 * io.ipam.engine.commit.Replica replica}.
 */
@NullMarked
package io.ipam.engine.commit;

import org.jspecify.annotations.NullMarked;
