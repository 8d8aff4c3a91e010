package io.ipam.proof;

import io.ipam.owner.Owner;
import io.ipam.proof.SmallWorld.Definition;
import io.ipam.proof.SmallWorld.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The required results of sequential calls of the engine: maps and lists, with every assignment
 * tried. Tokens count from 1 in the order of grants. Thread safety: none.
 */
final class NaiveEngine implements Calls {
    private record Held(String interfaceName, int who, long token) {}

    /** An address for a demand, possibly one that the same request releases. */
    private record Choice(String address, boolean recycled) {}

    /** By name: a1, a2, b1. */
    private final TreeMap<String, Held> held = new TreeMap<>();

    private final Map<String, Definition> detached = new TreeMap<>();
    private int catalog;
    private long lastToken;

    NaiveEngine() {
        ask(0, 0);
    }

    private static String token(long token) {
        return token == 1 ? "#first" : "#";
    }

    private static boolean isStateful(int who) {
        return SmallWorld.owner(who).stateful();
    }

    private static boolean isSame(int who, int other) {
        Owner owner = SmallWorld.owner(who);
        return owner.isSameAs(SmallWorld.owner(other));
    }

    private static String poolOf(String address) {
        return address.substring(0, 1);
    }

    private @Nullable Definition defined(int index, String pool) {
        return SmallWorld.CATALOGS.get(index).stream()
                .filter(definition -> definition.name().equals(pool))
                .findFirst()
                .orElse(null);
    }

    private List<String> heldIn(String pool) {
        return held.keySet().stream()
                .filter(address -> poolOf(address).equals(pool))
                .toList();
    }

    private static boolean has(Definition definition, String address) {
        return definition.name().equals(poolOf(address)) && address.charAt(1) - '0' <= definition.last();
    }

    @Override
    public String ask(int who, int request) {
        return serve(who, SmallWorld.WISHES.get(request), null);
    }

    @Override
    public String given(int who, int address) {
        return serve(who, SmallWorld.WISHES.get(2), SmallWorld.ADDRESS_NAMES.get(address));
    }

    private String serve(int who, List<Item> items, @Nullable String given) {
        Set<String> released = new HashSet<>();
        List<List<String>> kept = new ArrayList<>();
        List<List<String>> candidates = new ArrayList<>();
        for (Item item : items) {
            List<String> own = heldFor(who, item.interfaceName());
            boolean moves = given != null && kept.isEmpty() && isStateful(who) && !own.contains(given);
            if (moves || own.stream().anyMatch(address -> mustGo(who, address, item))) {
                released.addAll(own);
                own = List.of();
            }
            kept.add(own);
            candidates.add(own.isEmpty() ? candidates(item) : List.of());
        }
        for (int i = 0; i < items.size(); i++) {
            if (kept.get(i).isEmpty() && candidates.get(i).isEmpty()) {
                return "no_candidate";
            }
        }
        if (given != null) {
            boolean fits = kept.get(0).isEmpty()
                    ? candidates.get(0).contains(poolOf(given)) && isFree(given)
                    : kept.get(0).contains(given);
            if (!fits) {
                return "conflict";
            }
        }
        List<Choice> chosen = best(0, kept, candidates, released, given, List.of());
        return chosen == null ? "exhausted" : write(who, items, kept, chosen, released);
    }

    private List<String> heldFor(int who, String interfaceName) {
        return held.entrySet().stream()
                .filter(entry -> isSame(entry.getValue().who, who)
                        && entry.getValue().interfaceName.equals(interfaceName))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * A stateful owner under another uid keeps the addresses of the pools that its source names.
     */
    private boolean mustGo(int who, String address, Item item) {
        boolean isNamed = item.pools().contains("?") || item.pools().contains(poolOf(address));
        return isStateful(who) && held.get(address).who != who && !isNamed;
    }

    private List<String> candidates(Item item) {
        List<String> names = item.pools().contains("?") ? List.of("a", "b") : item.pools();
        return names.stream()
                .filter(name -> {
                    Definition definition = defined(catalog, name);
                    return definition != null && definition.enabled();
                })
                .toList();
    }

    private boolean isFree(String address) {
        Definition definition = defined(catalog, poolOf(address));
        return definition != null && has(definition, address) && !held.containsKey(address);
    }

    /**
     * Of all assignments from one demand on, the first one with the fewest recycled addresses; null
     * if there is none.
     */
    private @Nullable List<Choice> best(
            int from,
            List<List<String>> kept,
            List<List<String>> candidates,
            Set<String> released,
            @Nullable String given,
            List<Choice> before) {
        if (from == kept.size()) {
            return before;
        }
        if (!kept.get(from).isEmpty()) {
            return best(from + 1, kept, candidates, released, given, before);
        }
        List<Choice> best = null;
        for (Choice choice : choices(candidates.get(from), released, from == 0 ? given : null, before)) {
            List<Choice> with = new ArrayList<>(before);
            with.add(choice);
            List<Choice> found = best(from + 1, kept, candidates, released, given, with);
            if (found != null && (best == null || recycled(found) < recycled(best))) {
                best = found;
            }
        }
        return best;
    }

    private static long recycled(List<Choice> choices) {
        return choices.stream().filter(Choice::recycled).count();
    }

    /**
     * For one demand and each of its pools, the lowest free address; if there is none, the lowest
     * recycled one.
     */
    private List<Choice> choices(
            List<String> pools, Set<String> released, @Nullable String given, List<Choice> before) {
        if (given != null) {
            return List.of(new Choice(given, false));
        }
        List<Choice> choices = new ArrayList<>();
        for (String pool : pools) {
            List<String> names = SmallWorld.ADDRESS_NAMES.stream()
                    .filter(address -> poolOf(address).equals(pool)
                            && before.stream().noneMatch(taken -> taken.address.equals(address)))
                    .toList();
            names.stream()
                    .filter(this::isFree)
                    .findFirst()
                    .map(address -> new Choice(address, false))
                    .or(() -> names.stream()
                            .filter(released::contains)
                            .filter(address -> has(defined(catalog, pool), address))
                            .findFirst()
                            .map(address -> new Choice(address, true)))
                    .ifPresent(choices::add);
        }
        return choices;
    }

    private String write(
            int who, List<Item> items, List<List<String>> kept, List<Choice> chosen, Set<String> released) {
        held.keySet().removeAll(released);
        List<String> texts = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < items.size(); i++) {
            String interfaceName = items.get(i).interfaceName();
            for (String address : kept.get(i)) {
                if (held.get(address).who != who) {
                    held.put(address, new Held(interfaceName, who, ++lastToken));
                }
                texts.add(interfaceName + " " + address + " " + token(held.get(address).token));
            }
            if (kept.get(i).isEmpty()) {
                String address = chosen.get(at++).address;
                held.put(address, new Held(interfaceName, who, ++lastToken));
                texts.add(interfaceName + " " + address + " " + token(lastToken));
            }
        }
        return String.join(", ", texts);
    }

    @Override
    public String release(int who) {
        return release(
                who,
                held.keySet().stream()
                        .filter(address -> isSame(held.get(address).who, who))
                        .toList());
    }

    @Override
    public String releaseInterface(int who, String interfaceName) {
        return release(who, heldFor(who, interfaceName));
    }

    private String release(int who, List<String> addresses) {
        return addresses.isEmpty()
                ? "not allocated"
                : String.join(
                        ", ",
                        addresses.stream()
                                .map(address -> release(who, address, held.get(address).token))
                                .sorted()
                                .toList());
    }

    @Override
    public String releaseAddress(int who, int address, boolean first) {
        return release(who, SmallWorld.ADDRESS_NAMES.get(address), first ? 1 : Long.MAX_VALUE);
    }

    private String release(int who, String address, long token) {
        Held record = held.get(address);
        if (record == null) {
            return "not allocated";
        }
        if (record.who != who || record.token != token) {
            return address + " held by " + SmallWorld.owner(record.who).uid() + " " + token(record.token);
        }
        held.remove(address);
        return "released " + record.interfaceName + " " + address + " " + token(token);
    }

    @Override
    public String handOver(int from, int to) {
        List<String> own = held.keySet().stream()
                .filter(address -> isSame(held.get(address).who, from))
                .toList();
        for (String address : own) {
            Held record = held.get(address);
            if (record.who != from && record.who != to) {
                return address + " held by " + SmallWorld.owner(record.who).uid() + " " + token(record.token);
            }
        }
        boolean isChanged = false;
        List<String> texts = new ArrayList<>();
        for (String address : own) {
            if (held.get(address).who != to) {
                held.put(address, new Held(held.get(address).interfaceName, to, ++lastToken));
                isChanged = true;
            }
            texts.add(address + " " + SmallWorld.owner(to).uid() + " " + token(held.get(address).token));
        }
        return own.isEmpty() ? "not allocated" : (isChanged ? "handed over " : "already ") + String.join(", ", texts);
    }

    @Override
    public String swap(int from, int to, boolean force) {
        if (from != catalog) {
            return "outdated";
        }
        for (String pool : List.of("a", "b")) {
            Definition next = defined(to, pool);
            boolean goes = next == null && defined(from, pool) != null;
            if (goes && !force && !heldIn(pool).isEmpty()) {
                return "blocked";
            }
            if (next != null && !heldIn(pool).stream().allMatch(address -> has(next, address))) {
                return "blocked";
            }
        }
        SmallWorld.CATALOGS.get(from).forEach(definition -> detached.put(definition.name(), definition));
        detached.keySet()
                .removeIf(pool -> defined(to, pool) != null || heldIn(pool).isEmpty());
        catalog = to;
        return "updated";
    }

    @Override
    public String usage(String pool) {
        Definition now = defined(catalog, pool);
        // A removed pool ends when it holds no address.
        Definition definition = now == null && !heldIn(pool).isEmpty() ? detached.get(pool) : now;
        return definition == null
                ? "none"
                : heldIn(pool).size() + " held, "
                        + (definition.last() - heldIn(pool).size()) + " free";
    }

    @Override
    public String export() {
        List<String> texts = new ArrayList<>();
        held.forEach((address, record) -> texts.add(address + "="
                + SmallWorld.owner(record.who).uid() + " " + record.interfaceName + " " + token(record.token)));
        return String.join(", ", texts);
    }

    @Override
    public String wipe() {
        held.clear();
        detached.clear();
        return "wiped";
    }
}
