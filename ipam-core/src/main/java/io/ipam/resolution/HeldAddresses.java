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
 * <p>An interface keeps its addresses if the owner is stateless or has the same uid, regardless of
 * the pools that its sources name now. A stateful owner with another uid keeps them only if the
 * source still names all their pools. Otherwise all addresses of the interface are released. A
 * source names a pool even if the family of the pool is not enabled. If a stateful owner requires,
 * for a demand, a given address that it does not hold, its addresses for that demand are released.
 *
 * <p>Records without an interface: if a demand requires the address of a record, it adopts the
 * record. The other records are assigned lowest address first, each to the first demand whose
 * source names its pool. If no source names the pool of a record, but the pool exists and the uid
 * is the same, another rule applies. The first demand of the family without an address then adopts
 * the record. No demand adopts two records.
 *
 * <p>Thread safety: none; used for one request.
 */
final class HeldAddresses {
    private static final HeldAddresses NONE = new HeldAddresses(Owner.stateless("", "none", "none"), List.of());

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
     * Whether it was granted to an earlier incarnation of a stateful owner, according to the uids.
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

    /** The holdings of one family. */
    static List<Holding> ofFamily(List<Holding> holdings, Family family) {
        if (holdings.isEmpty()) {
            return List.of();
        }
        return holdings.stream().filter(holding -> holding.family() == family).toList();
    }
}
