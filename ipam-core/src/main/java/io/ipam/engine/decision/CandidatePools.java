package io.ipam.engine.decision;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.ServableRequest;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pools of one request, numbered from 0 by their first mention, and the numbers of each
 * demand's candidates. Demands that share a list of pools share the numbers. Thread safety: none.
 */
final class CandidatePools implements Assignment.Supply {
    private final DecisionView in;
    private final AllocationOrder order;
    private final List<PoolSupply> supplies = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int[][] candidates;

    CandidatePools(ServableRequest request, AllocationOrder order, DecisionView in) {
        this.in = in;
        this.order = order;
        IdentityHashMap<List<Pool>, int[]> known = new IdentityHashMap<>();
        candidates = request.demands().stream()
                .map(ServableRequest.Demand::pools)
                .map(pools -> known.computeIfAbsent(pools, this::numbered))
                .toArray(int[][]::new);
    }

    private int[] numbered(List<Pool> pools) {
        return pools.stream()
                .mapToInt(pool -> numbers.computeIfAbsent(pool.name(), this::add))
                .toArray();
    }

    private int add(String pool) {
        PoolBinding binding = in.binding(pool);
        supplies.add(new PoolSupply(binding, in.pool(binding), order));
        return supplies.size() - 1;
    }

    int size() {
        return supplies.size();
    }

    PoolSupply get(int number) {
        return supplies.get(number);
    }

    /** The numbers of the candidates of a demand, first choice first. */
    int[] candidatesOf(int demand) {
        return candidates[demand];
    }

    /** Adds an address that the request releases in one of its pools. */
    void addReleased(PoolBinding binding, Address address) {
        Integer number = numbers.get(binding.pool().name());
        if (number != null) {
            supplies.get(number).addReleased(address);
        }
    }

    /**
     * The pool of a number, which is not in the view, and the next such pools. Without the next
     * ones, a request with 1,000 full candidates would be decided 1,000 times.
     */
    List<PoolBinding> closedFrom(int number, int most) {
        return supplies.stream()
                .skip(number)
                .filter(supply -> !supply.isOpen())
                .limit(most)
                .map(PoolSupply::binding)
                .toList();
    }

    @Override
    public boolean isOpen(int pool) {
        return get(pool).isOpen();
    }

    @Override
    public long free(int pool) {
        return get(pool).free();
    }

    @Override
    public long ordinary(int pool) {
        return get(pool).ordinary();
    }

    @Override
    public int recycled(int pool) {
        return get(pool).recycled();
    }

    @Override
    public long releasedMillis(int pool, int nth) {
        return get(pool).releasedMillis(nth);
    }
}
