package io.ipam.resolution;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The holdings of a request's owner, assigned to its demands before any pool is checked.
 *
 * <p>An interface keeps its own addresses if the owner is stateless or requests them under the same
 * uid, whatever its sources name now. A stateful owner under another uid keeps them while the
 * source still names every pool that they are from; otherwise all addresses of that interface are
 * released. A source names a pool even if the family of the pool is not enabled. If a stateful
 * owner requires a given address that is not its own for a demand, its addresses for that demand
 * are released.
 *
 * <p>Records without an interface: a record that a demand requires by its address is assigned to
 * that demand. The others are assigned to demands in order, lowest address first, each to the first
 * demand whose source names its pool. A record of the same uid whose pool exists and that no source
 * names is assigned to the first demand of its family without an address. No demand gets two
 * records.
 *
 * <p>Thread safety: none; made for one request.
 */
final class HeldAddresses {
    private static final HeldAddresses NONE = new HeldAddresses(Owner.stateless("", "nobody", "none"), List.of());

    private final Owner owner;
    /** By address. */
    private final List<Holding> holdings;

    private final Map<String, List<Holding>> byInterface = new HashMap<>(2);
    private List<Holding> releases = List.of();

    private HeldAddresses(Owner owner, List<Holding> holdings) {
        this.owner = owner;
        this.holdings = holdings;
        for (Holding holding : holdings) {
            byInterface
                    .computeIfAbsent(holding.interfaceName(), name -> new ArrayList<>(2))
                    .add(holding);
        }
    }

    /** The holdings of an owner, in any order. */
    static HeldAddresses of(Owner owner, List<Holding> holdings) {
        if (holdings.isEmpty()) {
            return NONE;
        }
        List<Holding> sorted = new ArrayList<>(holdings);
        sorted.sort(Comparator.comparing(Holding::address));
        return new HeldAddresses(owner, sorted);
    }

    /**
     * The holdings to be released as part of the request, lowest address first within an interface.
     */
    List<Holding> releases() {
        return releases;
    }

    /**
     * The holdings that the interface keeps, lowest address first; the others are added to the
     * releases.
     */
    List<Holding> settle(InterfaceNeeds needs) {
        List<Holding> own = byInterface.getOrDefault(needs.choice().request().name(), List.of());
        for (Holding holding : own) {
            if (isFromEarlier(holding) && !needs.mayKeep(holding)) {
                release(own);
                return List.of();
            }
        }
        return own;
    }

    /**
     * Adds the holdings of one demand to the releases if a stateful owner requires another address
     * there; returns whether it does.
     */
    boolean giveUpFor(Address given, List<Holding> kept) {
        boolean gives = owner.stateful()
                && kept.stream().noneMatch(holding -> holding.address().equals(given));
        if (gives) {
            release(kept);
        }
        return gives;
    }

    private void release(List<Holding> more) {
        releases = releases.isEmpty() ? new ArrayList<>() : releases;
        releases.addAll(more);
    }

    /**
     * Whether it was granted to an earlier incarnation of a stateful owner, as far as the uids
     * show.
     */
    private boolean isFromEarlier(Holding holding) {
        return owner.stateful() && !isOfSameUid(holding);
    }

    private boolean isOfSameUid(Holding holding) {
        return !owner.uid().isEmpty() && holding.uid().equals(owner.uid());
    }

    /**
     * Assigns the records without an interface to the demands; returns those that no demand adopts.
     */
    List<Holding> adopt(List<Demand> demands, List<PoolSelections.GivenAddress> given, PoolCatalog catalog) {
        if (holdings.isEmpty()) {
            return List.of();
        }
        List<Holding> records = new ArrayList<>(byInterface.getOrDefault("", List.of()));
        if (!given.isEmpty()) {
            records.removeIf(record -> adoptGiven(record, demands, given));
        }
        for (Demand demand : demands) {
            adoptLowest(demand, records);
        }
        records.removeIf(record ->
                isOfSameUid(record) && catalog.pool(record.pool()).isPresent() && adoptUnnamed(record, demands));
        return records;
    }

    private static boolean adoptUnnamed(Holding record, List<Demand> demands) {
        for (Demand demand : demands) {
            if (demand.lacks(record)) {
                demand.hold(record);
                return true;
            }
        }
        return false;
    }

    private static boolean adoptGiven(Holding record, List<Demand> demands, List<PoolSelections.GivenAddress> given) {
        for (Demand demand : demands) {
            if (demand.mayAdopt(record) && demand.isGiven(record.address(), given)) {
                demand.hold(record);
                return true;
            }
        }
        return false;
    }

    private static void adoptLowest(Demand demand, List<Holding> records) {
        for (int index = 0; index < records.size(); index++) {
            if (demand.mayAdopt(records.get(index))) {
                demand.hold(records.remove(index));
                return;
            }
        }
    }

    /** Those of one family. */
    static List<Holding> ofFamily(List<Holding> holdings, Family family) {
        if (holdings.isEmpty()) {
            return List.of();
        }
        return holdings.stream().filter(holding -> holding.family() == family).toList();
    }
}
