package io.ipam.engine.decision;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.ServableRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides the usual request. Every demand needs any new address, the first candidates are different
 * pools, and each of them has a free address that is not static. The result equals that of {@link
 * GrantPlan}, without the objects that {@link Assignment} needs.
 *
 * <p>Thread safety: no state.
 */
final class FastPath {
    private FastPath() {}

    /**
     * Writes the changes and returns the grants, in the order of the demands; writes nothing and
     * returns null in any other case.
     */
    static @Nullable List<GrantOutcome.Grant> grants(
            ServableRequest request, AllocationOrder order, long random, DecisionView in, List<Change> out) {
        List<PoolBinding> bindings = bindings(request, in);
        return bindings == null ? null : write(request, bindings, order, random, in, out);
    }

    /** The first candidates; null if the request is not the usual one. */
    private static @Nullable List<PoolBinding> bindings(ServableRequest request, DecisionView in) {
        if (!request.releases().isEmpty()) {
            return null;
        }
        List<PoolBinding> bindings = new ArrayList<>(request.demands().size());
        for (ServableRequest.Demand demand : request.demands()) {
            if (!demand.kept().isEmpty() || demand.given().isPresent()) {
                return null;
            }
            PoolBinding binding = in.binding(demand.pools().get(0).name());
            PoolView pool = in.pool(binding);
            if (pool == null || pool.freeOrdinary() == 0 || bindings.contains(binding)) {
                return null;
            }
            bindings.add(binding);
        }
        return bindings;
    }

    private static List<GrantOutcome.Grant> write(
            ServableRequest request,
            List<PoolBinding> bindings,
            AllocationOrder order,
            long random,
            DecisionView in,
            List<Change> out) {
        List<GrantOutcome.Grant> grants = new ArrayList<>(bindings.size());
        long generation = in.newGenerations(bindings.size());
        for (PoolBinding binding : bindings) {
            PoolView pool = in.pool(binding);
            if (pool == null) {
                throw new IllegalStateException(binding + " has left the view");
            }
            Address address = pool.picks(order, request.owner(), random).next();
            String interfaceName = request.demands().get(grants.size()).interfaceName();
            HeldRecord record = new HeldRecord(binding, address, request.owner(), interfaceName, generation++);
            out.add(new Change.Grant(record));
            grants.add(GrantOutcome.Grant.of(record));
        }
        return grants;
    }
}
