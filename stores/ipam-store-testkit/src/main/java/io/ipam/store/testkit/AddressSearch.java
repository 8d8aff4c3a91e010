package io.ipam.store.testkit;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Searches for an order of the calls of each pool and of each owner. Thread safety: none. */
final class AddressSearch {
    private final AddressHistory history;
    private final List<String> problems = new ArrayList<>();

    AddressSearch(AddressHistory history) {
        this.history = history;
    }

    List<String> problems() {
        verifyGenerations();
        Map<String, List<AddressHistory.Call>> byPool = history.calls().stream()
                .collect(Collectors.groupingBy(AddressHistory.Call::pool, TreeMap::new, Collectors.toList()));
        byPool.forEach((pool, calls) -> {
            AddressSet addresses = history.pools().get(pool);
            search("pool " + pool, calls, Map.of(), new PoolModel(addresses == null ? List.of() : list(addresses)));
        });
        Map<Owner, List<AddressHistory.Call>> byOwner = history.calls().stream()
                .collect(Collectors.groupingBy(call -> call.holder().owner()));
        byOwner.forEach((owner, calls) -> search("owner " + owner, calls, Map.of(), new OwnerModel()));
        return problems;
    }

    private static List<Address> list(AddressSet addresses) {
        List<Address> list = new ArrayList<>();
        addresses.ranges().forEach(range -> {
            Address address = range.first();
            list.add(address);
            while (!address.equals(range.last())) {
                address = address.next();
                list.add(address);
            }
        });
        return list;
    }

    private <S> void search(
            String subject,
            List<AddressHistory.Call> calls,
            S initial,
            BiFunction<S, AddressHistory.Call, List<S>> model) {
        OrderSearch<S, AddressHistory.Call> search = new OrderSearch<>(calls, model);
        if (!search.isExplained(initial)) {
            problems.add(
                    search.isUndecided()
                            ? subject + ": no decision after " + HistoryChecker.MOST_STEPS
                                    + " steps; record fewer calls"
                            : subject + ": no order explains the answers; the longest one lacks "
                                    + search.unexplained());
        }
    }

    /** A generation belongs to one holder and one address. */
    private void verifyGenerations() {
        Map<Long, String> grants = new HashMap<>();
        for (AddressHistory.Call call : history.calls()) {
            if (call.answer() instanceof AddressHistory.Answer.Granted granted) {
                String grant = granted.address() + " for " + call.holder();
                String other = grants.putIfAbsent(granted.generation(), grant);
                if (other != null && !other.equals(grant)) {
                    problems.add("generation " + granted.generation() + " is of " + other + " and of " + grant);
                }
            }
        }
    }
}
