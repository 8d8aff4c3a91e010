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
 * The definition of a pool of addresses; one that exists is valid. Two pools are equal when every
 * field is, the texts of their addresses included.
 *
 * <p>Cost: the sets take O(ranges), however many addresses they have. Thread safety: immutable.
 */
public final class Pool {
    /** The label that marks a pool as made for one application. */
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
    /** Listed and not excluded: the addresses that it may allocate. */
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
     * The last answer of {@link #withoutReserved}. A race may lose it, which costs computing it
     * again: all its parts are final.
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
     * Starts a definition.
     *
     * @param name the pool's name
     * @param subnet the CIDR of the network that the addresses lie in, in canonical text
     * @return the builder
     */
    public static PoolBuilder builder(String name, String subnet) {
        return new PoolBuilder(requireNonNull(name, "name"), requireNonNull(subnet, "subnet"));
    }

    /**
     * Starts a definition.
     *
     * @param name the pool's name
     * @param subnet the network that the addresses are in
     * @return the builder
     */
    public static PoolBuilder builder(String name, Prefix subnet) {
        return builder(name, requireNonNull(subnet, "subnet").toString());
    }

    /**
     * {@return a builder that makes an equal pool}
     */
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

    /** {@return the family of the subnet, and of everything else} */
    public Family family() {
        return subnet.family();
    }

    /** {@return the network that the addresses, the exclusions and the gateways lie in} */
    public Prefix subnet() {
        return subnet;
    }

    /** {@return the addresses listed in {@code spec.ips}} */
    public AddressSet listed() {
        return listed;
    }

    /** {@return the addresses of {@code spec.excludeIPs}; also those that are not listed} */
    public AddressSet excluded() {
        return excluded;
    }

    /**
     * {@return the pool's own addresses: listed and not excluded, and draining} Their number is the
     * pool's total.
     */
    public AddressSet addresses() {
        return addresses;
    }

    /**
     * {@return the static addresses, all of which are listed and not excluded}
     *
     * <p>A free static address is allocated without being given only if no candidate of the demand
     * has a free address that is not static. As a given address it is like any other.
     */
    public AddressSet staticAddresses() {
        return staticAddresses;
    }

    /**
     * {@return the draining addresses, none of which is listed and not excluded}
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

    /** The same definition with other draining addresses. */
    Pool withDraining(AddressSet addresses) {
        PoolBuilder builder = toBuilder();
        builder.drainingIps.clear();
        return builder.drainingIps(addresses.texts()).build();
    }

    /** {@return the texts of {@code spec.ips}, as given; of CIDR text, its range} */
    public List<String> ipTexts() {
        return ipTexts;
    }

    /** {@return the texts of {@code spec.excludeIPs}, as given; of CIDR text, its range} */
    public List<String> excludeIpTexts() {
        return excludeIpTexts;
    }

    /** {@return the texts of the static ranges, as given; of CIDR text, its range} */
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

    /** {@return the further routes, in the order given; host bits of a destination are cleared} */
    public List<Route> routes() {
        return routes;
    }

    /** {@return whom the pool serves} */
    public PoolAffinity affinity() {
        return affinity;
    }

    /** {@return whether it serves where nothing else names a pool} */
    public boolean isDefault() {
        return defaultPool;
    }

    /** {@return whether it gives no address, though it takes releases} */
    public boolean isDisabled() {
        return disabled;
    }

    /** {@return whether its deletion has begun: it gives no address, though it takes releases} */
    public boolean isTerminating() {
        return deletedAt != null;
    }

    /** {@return when its deletion began} */
    public Optional<Instant> deletedAt() {
        return Optional.ofNullable(deletedAt);
    }

    /**
     * {@return whether it was made for one application, which {@link #OWNER_APPLICATION_NAME_LABEL}
     * says}
     */
    public boolean isAutoCreated() {
        return labels.containsKey(OWNER_APPLICATION_NAME_LABEL);
    }

    private record Remainder(AddressSet reserved, AddressSet usable) {}

    /**
     * The lasting addresses without reserved ones; the set itself where nothing is taken from it.
     */
    @SuppressWarnings("ReferenceEquality") // catalogs share the set while it does not change
    AddressSet withoutReserved(AddressSet reserved) {
        Remainder known = remainder;
        if (known == null || known.reserved != reserved) {
            known = new Remainder(reserved, lasting.overlaps(reserved) ? lasting.minus(reserved) : lasting);
            remainder = known;
        }
        return known.usable;
    }

    /** Every field is equal. */
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
