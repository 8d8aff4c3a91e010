/**
 * The interface of a store that keeps the state of an {@link io.ipam.Ipam} and shares it between
 * processes, and an {@linkplain io.ipam.store.InMemoryStore implementation in memory}. The module
 * {@code ipam-store-jdbc} has implementations for PostgreSQL and H2, and {@code ipam-store-etcd}
 * has one for etcd.
 *
 * <p>A <b>realm</b> is the state of one address space: pools, reserved ranges, held addresses, and
 * cooling addresses. It is the result of a totally ordered sequence of <b>commits</b>. Their
 * numbers, the <b>revisions</b>, have no gaps. The last commit is the <b>head</b>. A commit is
 * accepted only directly after the head that its process has seen, which it names by revision and
 * by {@linkplain io.ipam.store.CommitId id}. The <b>news</b> of a process are the commits after
 * that head. A {@link io.ipam.store.StateStore} is one <b>session</b> with one realm.
 *
 * <p>A store guarantees:
 *
 * <ul>
 *   <li><b>Order</b>: one commit per revision, no gaps.
 *   <li><b>Condition</b>: a commit takes effect only if the expected head, number and id, is the
 *       head.
 *   <li><b>Atomic</b>: the log, the head, and the entries change together, or nothing changes.
 *   <li><b>Durable</b>: a commit that was confirmed, or shown by {@code load} or {@code newsAfter},
 *       survives a crash.
 *   <li><b>Complete</b>: the news never skips a commit.
 *   <li><b>Honest</b>: an outcome that is not known is reported as unknown. A client library that
 *       repeats calls by itself must be configured not to.
 * </ul>
 */
@NullMarked
package io.ipam.store;

import org.jspecify.annotations.NullMarked;
