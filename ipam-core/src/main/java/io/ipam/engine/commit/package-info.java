/**
 * The order of commits in one process. The committer requests news, decides a batch on the replica,
 * and attempts to commit it. It sends the same commit again while the outcome is unknown, applies
 * it, and answers the callers. Not exported.
 *
 * <p>It contains no addresses and no pools: those are the {@linkplain
 * io.ipam.engine.commit.Replica replica's}.
 */
@NullMarked
package io.ipam.engine.commit;

import org.jspecify.annotations.NullMarked;
