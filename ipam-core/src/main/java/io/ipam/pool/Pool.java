package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a pool of addresses. Every instance is valid. Two pools are equal if all their
 * fields are, including the texts of their addresses.
 *
 * <p>Cost: the sets need O(ranges) memory, not O(addresses). Thread safety: immutable.
 */
public final class Pool {
    /** The label that marks a pool as created for one application. */
    public static final String OWNER_APPLICATION_NAME_LABEL = "ipam.spidernet.io/owner-application-name";

    private final String name;
    private final Map<String, String> labels;
    private final Prefix subnet;
    private final List<String> ipTexts;
    private final List<String> excludeIpTexts;
    private final List<String> staticIpTexts;
    private final List<String> drainingIpTexts;
    private final AddressSet listed;
    private final AddressSet excluded;
    /** The addresses that it may allocate unless they are reserved: listed and not excluded. */
    private final AddressSet lasting;

    private final AddressSet draining;
    private final AddressSet addresses;
    private final AddressSet staticAddresses;
    private final @Nullable Address gateway;
    private final List<Route> routes;
    private final PoolAffinity affinity;
    private final boolean defaultPool;
    private final boolean disabled;
    private final @Nullable Instant deletedAt;
    /**
     * The last result of {@link #withoutReserved}. A data race may lose it; it is then computed
     * again. All its fields are final.
     */
    private @Nullable Remainder remainder;

    Pool(PoolBuilder builder, PoolReading reading) {
        this.name = builder.name;
        this.labels = Collections.unmodifiableMap(new TreeMap<>(builder.labels));
        this.subnet = reading.subnet();
        this.ipTexts = AddressTexts.asInDocuments(builder.ips);
        this.excludeIpTexts = AddressTexts.asInDocuments(builder.excludeIps);
        this.staticIpTexts = AddressTexts.asInDocuments(builder.staticIps);
        this.drainingIpTexts = AddressTexts.asInDocuments(builder.drainingIps);
        this.listed = reading.listed();
        this.excluded = reading.excluded();
        this.lasting = excluded.isEmpty() ? listed : listed.minus(excluded);
        this.draining = reading.draining();
        this.addresses = draining.isEmpty() ? lasting : lasting.union(draining);
        this.staticAddresses = reading.statics();
        this.gateway = reading.gateway();
        this.routes = List.copyOf(reading.routes());
        this.affinity = builder.affinity;
        this.defaultPool = builder.defaultPool;
        this.disabled = builder.disabled;
        this.deletedAt = builder.deletedAt;
    }

    /**
     * Creates a builder.
     *
     * @param name the pool's name
     * @param subnet the CIDR of the network that contains the addresses, as canonical text
     * @return the builder
     */
    public static PoolBuilder builder(String name, String subnet) {
        return new PoolBuilder(requireNonNull(name, "name"), requireNonNull(subnet, "subnet"));
    }

    /**
     * Creates a builder.
     *
     * @param name the pool's name
     * @param subnet the network that contains the addresses
     * @return the builder
     */
    public static PoolBuilder builder(String name, Prefix subnet) {
        return builder(name, requireNonNull(subnet, "subnet").toString());
    }

    /** {@return a builder that builds an equal pool} */
    public PoolBuilder toBuilder() {
        PoolBuilder builder = builder(name, subnet)
                .labels(labels)
                .ips(ipTexts)
                .excludeIps(excludeIpTexts)
                .staticIps(staticIpTexts)
                .drainingIps(drainingIpTexts)
                .affinity(affinity)
                .defaultPool(defaultPool)
                .disabled(disabled);
        gateway().ifPresent(builder::gateway);
        routes.forEach(route ->
                builder.route(route.destination().toString(), route.gateway().toString()));
        deletedAt().ifPresent(builder::terminating);
        return builder;
    }

    /** {@return the name; never empty} */
    public String name() {
        return name;
    }

    /** {@return the labels, by key} */
    public Map<String, String> labels() {
        return labels;
    }

    /** {@return the family of the subnet and of all addresses} */
    public Family family() {
        return subnet.family();
    }

    /** {@return the network that contains the addresses, the exclusions, and the gateways} */
    public Prefix subnet() {
        return subnet;
    }

    /** {@return the addresses listed in {@code spec.ips}} */
    public AddressSet listed() {
        return listed;
    }

    /** {@return the addresses of {@code spec.excludeIPs}, whether listed or not} */
    public AddressSet excluded() {
        return excluded;
    }

    /**
     * {@return the addresses of the pool: listed and not excluded, or draining} Their number is the
     * pool's total.
     */
    public AddressSet addresses() {
        return addresses;
    }

    /**
     * {@return the static addresses, a subset of the listed ones that are not excluded}
     *
     * <p>A free static address is allocated to a demand without a given address only if no
     * candidate of the demand has another free address. A given static address is allocated like
     * any other.
     */
    public AddressSet staticAddresses() {
        return staticAddresses;
    }

    /**
     * {@return the draining addresses; each of them is excluded or not listed}
     *
     * <p>They were held when {@code Ipam.updateByDraining} removed them from the listed ones. A
     * draining address is not allocated. Its holder keeps it, and it leaves the pool after its
     * release.
     */
    public AddressSet drainingAddresses() {
        return draining;
    }

    /** Listed and not excluded. */
    AddressSet lastingAddresses() {
        return lasting;
    }

    /** A copy with other draining addresses. */
    Pool withDraining(AddressSet addresses) {
        PoolBuilder builder = toBuilder();
        builder.drainingIps.clear();
        return builder.drainingIps(addresses.texts()).build();
    }

    /** {@return the texts of {@code spec.ips}, as given, but CIDR text as its range} */
    public List<String> ipTexts() {
        return ipTexts;
    }

    /** {@return the texts of {@code spec.excludeIPs}, as given, but CIDR text as its range} */
    public List<String> excludeIpTexts() {
        return excludeIpTexts;
    }

    /** {@return the texts of the static ranges, as given, but CIDR text as its range} */
    public List<String> staticIpTexts() {
        return staticIpTexts;
    }

    /** {@return the texts of the draining addresses, as given} */
    public List<String> drainingIpTexts() {
        return drainingIpTexts;
    }

    /** {@return the gateway of the default route} */
    public Optional<Address> gateway() {
        return Optional.ofNullable(gateway);
    }

    /**
     * {@return the additional routes, in the given order; host bits of a destination are cleared}
     */
    public List<Route> routes() {
        return routes;
    }

    /** {@return the affinity: the workloads and interfaces that the pool serves} */
    public PoolAffinity affinity() {
        return affinity;
    }

    /** {@return whether it serves demands for which no other source names a pool} */
    public boolean isDefault() {
        return defaultPool;
    }

    /** {@return whether it allocates no address; it accepts releases} */
    public boolean isDisabled() {
        return disabled;
    }

    /** {@return whether its deletion has begun: it allocates no address but accepts releases} */
    public boolean isTerminating() {
        return deletedAt != null;
    }

    /** {@return the time at which its deletion began} */
    public Optional<Instant> deletedAt() {
        return Optional.ofNullable(deletedAt);
    }

    /**
     * {@return whether it was created for one application: it has the label {@link
     * #OWNER_APPLICATION_NAME_LABEL}}
     */
    public boolean isAutoCreated() {
        return labels.containsKey(OWNER_APPLICATION_NAME_LABEL);
    }

    private record Remainder(AddressSet reserved, AddressSet usable) {}

    /** The lasting addresses that are not reserved; the same set if none is reserved. */
    @SuppressWarnings("ReferenceEquality") // catalogs share the set while it does not change
    AddressSet withoutReserved(AddressSet reserved) {
        Remainder known = remainder;
        if (known == null || known.reserved != reserved) {
            known = new Remainder(reserved, lasting.overlaps(reserved) ? lasting.minus(reserved) : lasting);
            remainder = known;
        }
        return known.usable;
    }

    /** Whether every field is equal. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Pool that && facts().equals(that.facts()));
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + subnet.hashCode();
    }

    private List<Object> facts() {
        return List.of(
                name,
                subnet,
                ipTexts,
                excludeIpTexts,
                staticIpTexts,
                drainingIpTexts,
                gateway(),
                routes,
                labels,
                affinity,
                defaultPool,
                disabled,
                deletedAt());
    }

    /** {@code pool blue-v4 (10.6.0.0/16, [10.6.1.0-10.6.1.9], gateway 10.6.0.1, default)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("pool " + name + " (" + subnet + ", " + addresses);
        gateway().ifPresent(address -> text.append(", gateway ").append(address));
        text.append(routes.isEmpty() ? "" : ", routes " + routes);
        text.append(staticAddresses.isEmpty() ? "" : ", static " + staticAddresses);
        text.append(draining.isEmpty() ? "" : ", draining " + draining);
        text.append(defaultPool ? ", default" : "").append(disabled ? ", disabled" : "");
        text.append(isTerminating() ? ", terminating" : "").append(isAutoCreated() ? ", auto-created" : "");
        return text.append(')').toString();
    }
}
