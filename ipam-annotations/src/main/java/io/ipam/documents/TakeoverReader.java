package io.ipam.documents;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.address.InvalidAddressException;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.json.JsonPath;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the records of one pool; see {@link Takeover}. Thread safety: none, made for one text. */
final class TakeoverReader {
    private static final String STAYS_TAKEN = "the address stays taken until IpamState.releaseStray";
    private static final String MAPPED = "::ffff:";

    private final Pool pool;
    private final StatefulOwners stateful;
    private final Function<AllocatedIps.Holder, Optional<Takeover.Identity>> identities;
    private final PodInterfaces interfaces;
    private final String path;
    private final ProblemLog problems = new ProblemLog();
    private final List<PoolSnapshot.Held> held = new ArrayList<>();
    private final List<Stray> strays = new ArrayList<>();

    TakeoverReader(
            Pool pool,
            StatefulOwners stateful,
            Function<AllocatedIps.Holder, Optional<Takeover.Identity>> identities,
            PodInterfaces interfaces) {
        this.pool = pool;
        this.stateful = stateful;
        this.identities = identities;
        this.interfaces = interfaces;
        path = JsonPath.member("", pool.name()) + ".status.allocatedIPs";
    }

    /** Reads the text; returns whether it could be read as a whole. */
    boolean read(String text) {
        AllocatedIps.Reading reading = AllocatedIps.read(text);
        if (!reading.isWhole()) {
            String rule = "must be an object of records; pool " + pool.name() + " allocates nothing";
            String hint = "open it with IpamState.openPool when it is certain that no other address of it is in use";
            problems.add(Problem.of(ProblemType.INVALID, path, text, rule, hint));
        }
        reading.problems().forEach(problem -> problems.add(problem.withWhere(path)));
        reading.allocatedIps().entries().forEach(this::take);
        return reading.isWhole();
    }

    PoolSnapshot snapshot() {
        return PoolSnapshot.of(pool.name(), held);
    }

    List<Stray> strays() {
        return strays;
    }

    List<Problem> problems() {
        return problems.toList();
    }

    private void take(AllocatedIps.Entry entry) {
        String where = JsonPath.member(path, entry.ip());
        Address address = address(entry.ip(), where);
        if (address == null) {
            return;
        }
        AllocatedIps.Holder holder = entry.holder();
        Takeover.Identity identity = holder == null ? null : identity(holder, address, where);
        if (holder == null || identity == null) {
            strays.add(Stray.unowned(pool.name(), address, note(entry)));
        } else if (pool.addresses().contains(address)) {
            long generation = PoolSnapshot.Held.NO_GENERATION;
            held.add(new PoolSnapshot.Held(address, identity.owner(), identity.interfaceName(), generation));
        } else {
            String rule = "must be an address of pool " + pool.name();
            problems.add(Problem.of(ProblemType.INVALID, where, entry.ip(), rule, STAYS_TAKEN));
            strays.add(stray(address, identity, note(entry)));
        }
    }

    private Stray stray(Address address, Takeover.Identity identity, String note) {
        return new Stray(
                address,
                pool.name(),
                Optional.of(identity.owner()),
                identity.interfaceName(),
                PoolSnapshot.Held.NO_GENERATION,
                note);
    }

    private static String note(AllocatedIps.Entry entry) {
        AllocatedIps.Holder holder = entry.holder();
        return holder == null || !entry.json().isEmpty() ? entry.json() : AllocatedIpsRecord.usualText(holder);
    }

    /**
     * The address of a key; null if it is none. An IPv4-mapped address is bad, and still that IPv4
     * address.
     */
    private @Nullable Address address(String text, String where) {
        try {
            return Address.parse(text);
        } catch (InvalidAddressException e) {
            e.problems().forEach(problem -> problems.add(problem.withWhere(where)));
            return text.regionMatches(true, 0, MAPPED, 0, MAPPED.length())
                    ? ipv4(text.substring(MAPPED.length()))
                    : null;
        }
    }

    private static @Nullable Address ipv4(String text) {
        try {
            Address address = Address.parse(text);
            return address.family() == Family.IPV4 ? address : null;
        } catch (InvalidAddressException notMapped) {
            return null;
        }
    }

    /** The owner and the interface of a record; null, with a problem, if it names no owner. */
    private Takeover.@Nullable Identity identity(AllocatedIps.Holder holder, Address address, String where) {
        Optional<Takeover.Identity> stated = identities.apply(holder);
        Owner owner = stated.isPresent() ? stated.get().owner() : owner(holder, where);
        if (owner == null) {
            return null;
        }
        String interfaceName = stated.map(Takeover.Identity::interfaceName)
                .filter(name -> !name.isEmpty())
                .or(() -> Optional.of(holder.interfaceName()).filter(name -> !name.isEmpty()))
                .orElseGet(() -> interfaces.of(holder.pod(), address));
        return new Takeover.Identity(owner, interfaceName);
    }

    private @Nullable Owner owner(AllocatedIps.Holder holder, String where) {
        int slash = holder.pod().indexOf('/');
        if (slash <= 0 || slash == holder.pod().length() - 1) {
            String rule = "must name the pod as namespace/name";
            problems.add(Problem.of(ProblemType.INVALID, where + ".pod", holder.pod(), rule, STAYS_TAKEN));
            return null;
        }
        boolean isStateful = stateful.contains(holder);
        boolean isNamedOnly = holder.podUid().isEmpty();
        if (isNamedOnly && !isStateful) {
            problems.add(Problem.of(
                    ProblemType.REQUIRED,
                    where + ".podUid",
                    "",
                    "identifies a pod that is not stateful; the address stays held under the name of the pod",
                    "release it as a stateful owner of that name once the pod is gone"));
        }
        String namespace = holder.pod().substring(0, slash);
        String name = holder.pod().substring(slash + 1);
        return new Owner(isStateful || isNamedOnly, namespace, name, holder.podUid());
    }
}
