package io.ipam.simulation;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.AllocationOrder;
import io.ipam.engine.SimulatedMember;
import io.ipam.engine.commit.Call;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.engine.decision.Step;
import io.ipam.owner.Owner;
import io.ipam.resolution.DemandResolution;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolResolver;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.ResolverSettings;
import io.ipam.resolution.Workload;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request for addresses, resolved and confirmed as the facade does. Thread safety: none. */
final class AskedGrant extends Asked {
    private static final PoolResolver RESOLVER = PoolResolver.of(ResolverSettings.defaults());

    /** An interface, and the pools that may serve it. */
    record Item(String interfaceName, List<String> v4, List<String> v6) {
        List<String> names(Family family) {
            return family == World.V4 ? v4 : v6;
        }
    }

    private record Demand(Item item, Family family) {
        List<String> names() {
            return item.names(family);
        }
    }

    private final Owner owner;
    private final List<Item> items;
    private final Optional<Address> given;
    private final AllocationOrder order;
    private final long random;

    AskedGrant(
            Process process,
            List<Moment> timeline,
            Owner owner,
            List<Item> items,
            Optional<Address> given,
            AllocationOrder order,
            long random) {
        super(process, timeline);
        this.owner = owner;
        this.items = items;
        this.given = given;
        this.order = order;
        this.random = random;
    }

    @Override
    Call<?, ?> submit() {
        SimulatedMember.View view = member().view();
        Object basis = member().basis();
        Resolution resolution = RESOLVER.resolve(Workload.of(owner), selections(), member().catalog(), view);
        boolean isRefused = !resolution.problems().isEmpty()
                || resolution.demands().stream().anyMatch(DemandResolution.Unserved.class::isInstance);
        return isRefused ? member().confirm(basis, owner, view.lastHeld()) : member().grant(resolution, order, random);
    }

    private PoolSelections selections() {
        PoolSelections selections = PoolSelections.none()
                .withInterfaces(items.stream()
                        .map(item -> InterfaceRequest.of(item.interfaceName()))
                        .toList())
                .withPod(new PodSelection.PerInterface(items.stream()
                        .map(item -> PodSelection.Item.named(
                                item.interfaceName(),
                                PoolNames.none().with(World.V4, item.v4()).with(World.V6, item.v6())))
                        .toList()));
        return given.isEmpty()
                ? selections
                : selections.withGiven(
                        List.of(new PoolSelections.GivenAddress(items.get(0).interfaceName(), given.get())));
    }

    @Override
    boolean accept(Object result) {
        if (result instanceof Boolean isConfirmed) {
            if (isConfirmed) {
                requireMoment("refused", moment -> isConflict(moment) || isWithoutCandidate(moment));
            }
            return isConfirmed;
        }
        if (!(result instanceof Step.Done<?> done)) {
            return false;
        }
        if (done.result() instanceof GrantOutcome.Granted granted) {
            requireMoment(result, moment -> isGranted(moment, granted));
        } else if (done.result() instanceof GrantOutcome.Exhausted) {
            requireMoment("exhausted", moment -> !isAssignable(moment));
        } else {
            requireMoment("conflict", this::isConflict);
        }
        return true;
    }

    @Override
    String textOf(Object result) {
        if (result instanceof Step.Done<?> done && done.result() instanceof GrantOutcome.Granted granted) {
            return granted.grants().stream()
                    .map(grant -> grant.address() + " #" + grant.generation())
                    .toList()
                    .toString();
        }
        return result instanceof Step.Done<?> done ? done.result().getClass().getSimpleName() : "refused";
    }

    private List<Demand> demands() {
        List<Demand> demands = new ArrayList<>();
        for (Item item : items) {
            for (Family family : List.of(World.V4, World.V6)) {
                if (!item.names(family).isEmpty()) {
                    demands.add(new Demand(item, family));
                }
            }
        }
        return demands;
    }

    /** Whether the owner holds every address of the answer at a moment, one for each demand. */
    private boolean isGranted(Moment moment, GrantOutcome.Granted granted) {
        List<Demand> open = demands();
        for (GrantOutcome.Grant grant : granted.grants()) {
            Entry.Held entry = moment.held.get(grant.address());
            if (entry == null
                    || entry.generation() != grant.generation()
                    || !entry.owner().equals(Optional.of(owner))
                    || moment.isStray(entry)
                    || items.stream().noneMatch(item -> item.interfaceName().equals(entry.interfaceName()))) {
                return false;
            }
            open.removeIf(demand -> isOf(demand, entry));
        }
        return open.isEmpty();
    }

    private static boolean isOf(Demand demand, Entry.Held entry) {
        return demand.family() == entry.address().family()
                && demand.item().interfaceName().equals(entry.interfaceName());
    }

    private Optional<Entry.Held> kept(Moment moment, Demand demand) {
        return moment.heldBy(owner, demand.item().interfaceName(), demand.family())
                .filter(entry -> entry.owner().equals(Optional.of(owner)) || isNamed(moment, demand.item()));
    }

    /** Whether the request names the pools of everything that the owner holds on an interface. */
    private boolean isNamed(Moment moment, Item item) {
        return moment.held.values().stream()
                .filter(entry ->
                        moment.isOf(entry, owner) && entry.interfaceName().equals(item.interfaceName()))
                .allMatch(entry -> item.names(entry.address().family()).contains(entry.pool()));
    }

    private boolean isWithoutCandidate(Moment moment) {
        return demands().stream()
                .anyMatch(demand -> kept(moment, demand).isEmpty()
                        && demand.names().stream().noneMatch(moment::mayServe));
    }

    private Optional<Address> givenOf(Demand demand) {
        return given.filter(address -> demand.item() == items.get(0) && demand.family() == address.family());
    }

    /** Whether a stateful owner leaves the address that it holds for the given one. */
    private boolean moves(Demand demand, Entry.Held kept) {
        return owner.stateful()
                && givenOf(demand)
                        .filter(address -> !address.equals(kept.address()))
                        .isPresent();
    }

    /** Whether the given address cannot be allocated at a moment. */
    private boolean isConflict(Moment moment) {
        if (given.isEmpty()) {
            return false;
        }
        Demand demand = new Demand(items.get(0), given.get().family());
        Optional<Entry.Held> kept = kept(moment, demand);
        if (kept.isPresent() && !moves(demand, kept.get())) {
            return !kept.get().address().equals(given.get());
        }
        Entry.Cooling cooling = moment.cooling.get(given.get());
        return demand.names().stream().noneMatch(name -> moment.free(name).contains(given.get()))
                || (cooling != null && !cooling.lastOwner().isSameAs(owner));
    }

    /** Whether there are free addresses for all demands at a moment. */
    private boolean isAssignable(Moment moment) {
        Map<String, Integer> free = new HashMap<>();
        World.POOLS.forEach(name -> free.put(name, moment.free(name).size()));
        List<Demand> open = new ArrayList<>();
        for (Demand demand : demands()) {
            Optional<Address> address = givenOf(demand);
            if (kept(moment, demand).filter(entry -> !moves(demand, entry)).isPresent()) {
                continue;
            }
            if (address.isPresent()) {
                demand.names().stream()
                        .filter(name -> moment.free(name).contains(address.get()))
                        .forEach(name -> free.merge(name, -1, Integer::sum));
            } else {
                open.add(demand);
            }
        }
        return isAssignable(open, 0, free);
    }

    private static boolean isAssignable(List<Demand> open, int next, Map<String, Integer> free) {
        if (next == open.size()) {
            return true;
        }
        for (String name : open.get(next).names()) {
            if (free.get(name) > 0) {
                free.merge(name, -1, Integer::sum);
                boolean isFound = isAssignable(open, next + 1, free);
                free.merge(name, 1, Integer::sum);
                if (isFound) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    boolean mayCause(Change change) {
        if (change instanceof Change.Granted granted) {
            return granted.held().owner().equals(Optional.of(owner));
        }
        if (change instanceof Change.Renewed renewed) {
            return renewed.after().owner().equals(Optional.of(owner));
        }
        return change instanceof Change.Released released
                && owner.stateful()
                && released.before().owner().filter(owner::isSameAs).isPresent();
    }

    @Override
    boolean states(Object result, Change change) {
        if (!(result instanceof Step.Done<?> done) || !(done.result() instanceof GrantOutcome.Granted granted)) {
            return false;
        }
        Entry.Held after = change instanceof Change.Granted one
                ? one.held()
                : change instanceof Change.Renewed renewed ? renewed.after() : null;
        return after == null
                || granted.grants().stream()
                        .anyMatch(grant ->
                                grant.address().equals(after.address()) && grant.generation() == after.generation());
    }

    @Override
    public String toString() {
        return "allocate " + owner.uid() + " " + items
                + given.map(one -> " given " + one).orElse("");
    }
}
