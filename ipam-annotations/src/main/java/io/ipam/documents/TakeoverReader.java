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
    private final EndpointIndex endpoints;
    private final String path;
    /** Whether a status was read. */
    private boolean isRead;

    private final ProblemLog problems = new ProblemLog();
    private final List<PoolSnapshot.Held> held = new ArrayList<>();
    private final List<Stray> strays = new ArrayList<>();

    TakeoverReader(
            Pool pool,
            StatefulOwners stateful,
            Function<AllocatedIps.Holder, Optional<Takeover.Identity>> identities,
            PodInterfaces interfaces,
            EndpointIndex endpoints) {
        this.pool = pool;
        this.stateful = stateful;
        this.identities = identities;
        this.interfaces = interfaces;
        this.endpoints = endpoints;
        path = JsonPath.member("", pool.name()) + ".status.allocatedIPs";
    }

    /** Reads the text; returns whether it could be read as a whole. */
    boolean read(String text) {
        isRead = true;
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

    /** The held addresses; empty if no status was read and no endpoint records any. */
    Optional<PoolSnapshot> snapshot() {
        return isRead || !held.isEmpty() ? Optional.of(PoolSnapshot.of(pool.name(), held)) : Optional.empty();
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
        EndpointIndex.Noted noted = endpoints.see(address, holder);
        Takeover.Identity identity = holder == null ? null : identity(holder, address, where, noted);
        if (identity == null && noted != null) {
            identity = new Takeover.Identity(noted.owner(), noted.entry().interfaceName());
        }
        if (identity == null) {
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
     * The address of a key; null if it is not an address. An IPv4-mapped address is a problem, but
     * is read as the IPv4 address.
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
    private Takeover.@Nullable Identity identity(
            AllocatedIps.Holder holder, Address address, String where, EndpointIndex.@Nullable Noted noted) {
        Optional<Takeover.Identity> stated = identities.apply(holder);
        EndpointIndex.Noted own = stated.isPresent() ? noted : agreeing(holder, where, noted);
        Owner owner = stated.isPresent() ? stated.get().owner() : owner(holder, where, own);
        if (owner == null) {
            return null;
        }
        String interfaceName = stated.map(Takeover.Identity::interfaceName)
                .filter(name -> !name.isEmpty())
                .or(() -> Optional.of(holder.interfaceName()).filter(name -> !name.isEmpty()))
                .or(() -> Optional.ofNullable(own).map(one -> one.entry().interfaceName()))
                .filter(name -> !name.isEmpty())
                .orElseGet(() -> interfaces.of(holder.pod(), address));
        return new Takeover.Identity(owner, interfaceName);
    }

    /**
     * The record of the endpoint if it has the same owner as that of the status; reports
     * contradictions. The uid of a stateful owner may differ.
     */
    private EndpointIndex.@Nullable Noted agreeing(
            AllocatedIps.Holder holder, String where, EndpointIndex.@Nullable Noted noted) {
        if (noted == null) {
            if (!endpoints.isEmpty()) {
                contradiction(where, holder.pod(), "must be noted by a SpiderEndpoint");
            }
            return null;
        }
        String at = " as in " + noted.where();
        if (!noted.isOfPod(holder.pod())) {
            contradiction(
                    where + ".pod", holder.pod(), "must be " + noted.owner().qualifiedName() + at);
            return null;
        }
        if (!noted.entry().pool().equals(pool.name())) {
            contradiction(
                    where, holder.ip(), "must be noted in pool " + noted.entry().pool() + at);
        }
        String named = holder.interfaceName();
        if (!named.isEmpty() && !named.equals(noted.entry().interfaceName())) {
            contradiction(
                    where + ".interface", named, "must be " + noted.entry().interfaceName() + at);
        }
        if (holder.podUid().equals(noted.endpoint().uid())) {
            return noted;
        }
        contradiction(
                where + ".podUid",
                holder.podUid(),
                "must be " + noted.endpoint().uid() + at);
        return noted.endpoint().isStateful() ? noted : null;
    }

    private void contradiction(String where, String offending, String rule) {
        problems.add(Problem.of(
                ProblemType.INVALID, where, offending, rule, "the record counts, and the address stays held"));
    }

    /** Holds an address that only an endpoint records. */
    void take(Address address, EndpointIndex.Noted noted) {
        problems.add(notInStatus(noted));
        if (pool.addresses().contains(address)) {
            long generation = PoolSnapshot.Held.NO_GENERATION;
            held.add(new PoolSnapshot.Held(address, noted.owner(), noted.entry().interfaceName(), generation));
        } else {
            strays.add(stray(address, noted));
        }
    }

    static Problem notInStatus(EndpointIndex.Noted noted) {
        return Problem.of(
                ProblemType.INVALID,
                noted.where(),
                noted.entry().address(),
                "must be noted in the status of pool " + noted.entry().pool(),
                "the address stays held by the owner of the endpoint");
    }

    static Stray stray(Address address, EndpointIndex.Noted noted) {
        EndpointDocument.Entry entry = noted.entry();
        long generation = PoolSnapshot.Held.NO_GENERATION;
        return new Stray(address, entry.pool(), Optional.of(noted.owner()), entry.interfaceName(), generation, "");
    }

    /** The owner that a record names, stateful or not as its endpoint states. */
    private @Nullable Owner owner(AllocatedIps.Holder holder, String where, EndpointIndex.@Nullable Noted noted) {
        int slash = holder.pod().indexOf('/');
        if (slash <= 0 || slash == holder.pod().length() - 1) {
            String rule = "must name the pod as namespace/name";
            problems.add(Problem.of(ProblemType.INVALID, where + ".pod", holder.pod(), rule, STAYS_TAKEN));
            return null;
        }
        boolean ofEndpoint = noted != null && noted.endpoint().isStateful();
        boolean isStateful = ofEndpoint || stateful.contains(holder);
        boolean isNamedOnly = holder.podUid().isEmpty();
        if (isNamedOnly && !isStateful) {
            problems.add(Problem.of(
                    ProblemType.REQUIRED,
                    where + ".podUid",
                    "",
                    "is required for a pod that is not stateful; the address stays held under the name of the pod",
                    "release it as a stateful owner of that name once the pod no longer exists"));
        }
        String namespace = holder.pod().substring(0, slash);
        String name = noted != null && ofEndpoint
                ? noted.endpoint().ownerName()
                : holder.pod().substring(slash + 1);
        return new Owner(isStateful || isNamedOnly, namespace, name, holder.podUid());
    }
}
