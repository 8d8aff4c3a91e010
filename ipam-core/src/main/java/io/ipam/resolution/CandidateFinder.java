package io.ipam.resolution;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the candidates of a request's demands. Demands of interfaces that name the same pools share
 * their checks. They also share their lists of candidates, unless their networks or the caller's
 * rules lead to different ones. Thread safety: none.
 */
final class CandidateFinder {
    private final RequestInputs inputs;
    private final boolean custom;
    private final NearestNames nearest;
    private final List<NamedPools> named = new ArrayList<>(2);

    CandidateFinder(RequestInputs inputs) {
        this.inputs = inputs;
        nearest = new NearestNames(inputs.catalog());
        this.custom = CustomRules.areIn(inputs.settings());
    }

    CandidateSet find(Demand demand) {
        NamedPools pools = pools(demand);
        InterfaceRequest request = demand.choice().request();
        PoolNetworks networks = PoolNetworks.of(request, inputs);
        return custom
                ? pools.select(
                        networks,
                        CustomRules.of(inputs, request, demand.choice().source()))
                : pools.of(networks);
    }

    private NamedPools pools(Demand demand) {
        PoolReference reference = demand.needs().reference(demand.family());
        for (int index = named.size() - 1; index >= 0; index--) {
            if (named.get(index).isOf(reference)) {
                return named.get(index);
            }
        }
        NamedPools pools = NamedPools.collect(reference, demand.family(), inputs, nearest);
        named.add(pools);
        return pools;
    }
}
