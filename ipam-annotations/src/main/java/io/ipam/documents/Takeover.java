package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.InvalidAddressException;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.json.JsonPath;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes over a running cluster: the holders that SpiderIPPool documents note in {@code status.allocatedIPs} become a
 * {@link StateSnapshot} that an engine can restore, and the other way round. Spiderpool's records know no interface and no
 * generation: the interface is unknown until a demand adopts the record, and the engine gives each record a generation. A record
 * without a uid is held under the name of its pod, and reported where the uid is what identifies the pod: an address that somebody
 * may be using is not free.
 *
 * <p>Cost: O(n log n) for n records. Thread safety: stateless.
 */
public final class Takeover {
    private Takeover() {}

    /**
     * What could be taken over, and what could not.
     *
     * @param snapshot the good records, and those that are held under the name of their pod for want of a uid
     * @param problems one for each record that is bad or has no uid, with the pool's name before its path
     */
    public record Reading(StateSnapshot snapshot, List<Problem> problems) {
        /**
         * Copies the problems.
         *
         * @param snapshot the good records
         * @param problems one for each record that is bad or has no uid
         */
        public Reading {
            requireNonNull(snapshot, "snapshot");
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads the holders of all documents. One bad record hides no other.
     *
     * @param documents the pools with their status
     * @param stateful whether a holder is identified by its name and not by its uid, as pods of a StatefulSet are; the
     *     records do not say it
     * @return the snapshot and the problems
     */
    public static Reading read(Collection<PoolDocument> documents, Predicate<AllocatedIps.Holder> stateful) {
        List<Problem> problems = new ArrayList<>();
        List<PoolSnapshot> pools = new ArrayList<>();
        for (PoolDocument document : documents) {
            document.status()
                    .flatMap(PoolStatus::allocatedIps)
                    .map(text -> pool(document.name(), text, stateful, problems))
                    .ifPresent(pools::add);
        }
        return new Reading(StateSnapshot.of(pools), problems);
    }

    /**
     * The holders of one pool as Spiderpool notes them; what its records have no place for is lost.
     *
     * @param pool the pool
     * @return the holders
     */
    public static AllocatedIps allocatedIps(PoolSnapshot pool) {
        return AllocatedIps.of(pool.held().stream()
                .map(record -> new AllocatedIps.Holder(
                        record.address().toString(),
                        record.owner().qualifiedName(),
                        record.owner().uid()))
                .toList());
    }

    private static PoolSnapshot pool(
            String pool, String text, Predicate<AllocatedIps.Holder> stateful, List<Problem> problems) {
        String path = JsonPath.member("", pool) + ".status.allocatedIPs";
        AllocatedIps.Reading reading = AllocatedIps.read(text);
        reading.problems().forEach(problem -> problems.add(problem.withWhere(path)));
        List<PoolSnapshot.Held> held = new ArrayList<>();
        for (AllocatedIps.Holder holder : reading.allocatedIps().holders()) {
            String where = JsonPath.member(path, holder.ip());
            address(holder.ip(), where, problems)
                    .flatMap(address -> owner(holder, stateful.test(holder), where, problems)
                            .map(owner -> new PoolSnapshot.Held(address, owner, "", PoolSnapshot.Held.NO_GENERATION)))
                    .ifPresent(held::add);
        }
        return PoolSnapshot.of(pool, held);
    }

    private static Optional<Address> address(String text, String where, List<Problem> problems) {
        try {
            return Optional.of(Address.parse(text));
        } catch (InvalidAddressException e) {
            e.problems().forEach(problem -> problems.add(problem.withWhere(where)));
            return Optional.empty();
        }
    }

    private static Optional<Owner> owner(
            AllocatedIps.Holder holder, boolean stateful, String where, List<Problem> problems) {
        int slash = holder.pod().indexOf('/');
        if (slash <= 0 || slash == holder.pod().length() - 1) {
            problems.add(Problem.of(
                    ProblemType.INVALID, where + ".pod", holder.pod(), "must name the pod as namespace/name"));
            return Optional.empty();
        }
        boolean isNamedOnly = holder.podUid().isEmpty();
        if (isNamedOnly && !stateful) {
            problems.add(Problem.of(
                    ProblemType.REQUIRED,
                    where + ".podUid",
                    "",
                    "identifies a pod that is not stateful; the address stays held under the name of the pod",
                    "release it as a stateful owner of that name once the pod is gone"));
        }
        String namespace = holder.pod().substring(0, slash);
        return Optional.of(
                new Owner(stateful || isNamedOnly, namespace, holder.pod().substring(slash + 1), holder.podUid()));
    }
}
