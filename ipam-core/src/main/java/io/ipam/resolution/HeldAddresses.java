package io.ipam.resolution;

import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.allocation.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the owner of a request holds, dealt out to its demands before any pool is looked at.
 *
 * <p>Of an interface's own addresses: a stateless owner keeps them whatever its sources say now, and so does a stateful one
 * that asks again under the same uid. Under another uid it keeps them while its source still names every pool that they are
 * from; else all addresses of that interface are to be released.
 *
 * <p>Records whose interface is unknown: demands in order, lowest address first, each record to the first demand whose source
 * names its pool. A record that a demand asks for by its address goes to that demand. Never two demands one record, never two
 * records one demand.
 *
 * <p>Thread safety: none; made for one request.
 */
final class HeldAddresses {
    private static final HeldAddresses NONE = new HeldAddresses(Owner.stateless("", "nobody", "none"), List.of());

    private final Owner owner;
    /** By address. */
    private final List<Holding> holdings;

    private List<Holding> releases = List.of();

    private HeldAddresses(Owner owner, List<Holding> holdings) {
        this.owner = owner;
        this.holdings = holdings;
    }

    /** What an owner holds, in any order. */
    static HeldAddresses of(Owner owner, List<Holding> holdings) {
        if (holdings.isEmpty()) {
            return NONE;
        }
        List<Holding> sorted = new ArrayList<>(holdings);
        sorted.sort(Comparator.comparing(Holding::address));
        return new HeldAddresses(owner, sorted);
    }

    /** What is to be released as part of the request, lowest address first within an interface. */
    List<Holding> releases() {
        return releases;
    }

    /** What the interface keeps, lowest address first; notes what it has to let go. */
    List<Holding> settle(InterfaceNeeds needs) {
        if (holdings.isEmpty()) {
            return List.of();
        }
        String name = needs.choice().request().name();
        List<Holding> own = new ArrayList<>();
        boolean letsGo = false;
        for (Holding holding : holdings) {
            if (holding.interfaceName().equals(name)) {
                own.add(holding);
                letsGo |= isFromEarlier(holding) && !needs.mayKeep(holding);
            }
        }
        if (letsGo) {
            releases = releases.isEmpty() ? new ArrayList<>() : releases;
            releases.addAll(own);
            return List.of();
        }
        return own;
    }

    /** Whether it was granted to an earlier incarnation of a stateful owner, as far as the uids tell. */
    private boolean isFromEarlier(Holding holding) {
        return owner.stateful() && (owner.uid().isEmpty() || !holding.uid().equals(owner.uid()));
    }

    /** Gives the records without an interface to the demands; returns those that nobody takes. */
    List<Holding> adopt(List<Demand> demands, List<GivenAddress> given) {
        if (holdings.isEmpty()) {
            return List.of();
        }
        List<Holding> records = new ArrayList<>();
        for (Holding holding : holdings) {
            if (holding.isInterfaceUnknown()) {
                records.add(holding);
            }
        }
        if (!given.isEmpty()) {
            records.removeIf(record -> adoptGiven(record, demands, given));
        }
        for (Demand demand : demands) {
            adoptLowest(demand, records);
        }
        return records;
    }

    private static boolean adoptGiven(Holding record, List<Demand> demands, List<GivenAddress> given) {
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
