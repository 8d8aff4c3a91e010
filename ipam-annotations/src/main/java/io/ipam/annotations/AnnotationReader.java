package io.ipam.annotations;

import static java.util.Objects.requireNonNull;

import io.ipam.json.JsonReader;
import io.ipam.json.JsonResult;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.ReadingMode;
import java.util.Map;

/**
 * Reads the annotations of pods and namespaces, and CNI configurations.
 *
 * <p>Both modes accept JSON as in RFC 8259, and one comma before a closing bracket. A key must
 * occur once in an object. Limits: 10,000 levels of nesting, and 1,048,576 characters per text.
 * {@code STRICT} refuses likely mistakes: annotations {@code ipam.spidernet.io/...} that no
 * component reads, unknown keys and case variants, selections without a name, and empty names. It
 * also refuses a second subnet for one interface and family, and sizes other than digits with or
 * without a plus sign. {@code COMPATIBLE} reads as Spiderpool does: the case of keys is ignored,
 * unknown keys are ignored, and {@code null} is equivalent to an absent key. docs/annotations.md
 * has the whole table.
 *
 * <p>An annotation that no source would read cannot refuse a request. Of {@code subnets} and {@code
 * subnet}, and of {@code ippools} and {@code ippool}, the first one that is present is read, and
 * the other is ignored. Invalid pools of the pod or the namespace are omitted, not refused, if an
 * earlier source decides.
 *
 * <p>Cost: O(annotations), and O(length) of the texts that are read. Thread safety: immutable;
 * share one.
 */
public final class AnnotationReader {
    private static final AnnotationReader STRICT = new AnnotationReader(ReadingMode.STRICT, 1, false);
    private static final AnnotationReader COMPATIBLE = new AnnotationReader(ReadingMode.COMPATIBLE, 1, false);

    private final ReadingMode mode;
    private final Reading reading;
    private final long spare;

    private AnnotationReader(ReadingMode mode, long spare, boolean claims) {
        this.mode = mode;
        this.reading = Reading.of(mode).withClaims(claims);
        this.spare = spare;
    }

    /** {@return the reader for new users, which refuses likely mistakes} */
    public static AnnotationReader strict() {
        return STRICT;
    }

    /** {@return the reader that reads as Spiderpool does} */
    public static AnnotationReader compatible() {
        return COMPATIBLE;
    }

    /**
     * {@return the reader of a mode}
     *
     * @param mode the mode
     */
    public static AnnotationReader of(ReadingMode mode) {
        return requireNonNull(mode, "mode") == ReadingMode.STRICT ? STRICT : COMPATIBLE;
    }

    /**
     * Returns a reader with another default size of pools carved from a subnet. It applies to
     * requests without {@code ippool-ip-number}.
     *
     * @param spareAddresses the number of addresses in addition to the replicas, not negative; the
     *     default is 1
     * @return the reader
     */
    public AnnotationReader withSpareAddresses(long spareAddresses) {
        if (spareAddresses < 0) {
            throw new IllegalArgumentException("spareAddresses must not be negative, was " + spareAddresses);
        }
        return new AnnotationReader(mode, spareAddresses, reading.claims());
    }

    /**
     * {@return a reader that also reads {@code ipam-claim-reference} of the networks} It names the
     * owner of the request; see {@link PoolSelections#claim}. By default it is ignored. A request
     * has one owner, so networks of its interfaces that name two claims are refused. The addresses
     * that a pod holds when the setting is changed stay with their owner.
     */
    public AnnotationReader withClaims() {
        return new AnnotationReader(mode, spare, true);
    }

    /** {@return the mode} */
    public ReadingMode mode() {
        return mode;
    }

    /**
     * Reads the annotations of a pod and of its namespace, without CNI configurations.
     *
     * @param podAnnotations all annotations of the pod, by full key; those of other prefixes are
     *     ignored
     * @param namespaceAnnotations all annotations of the namespace, likewise
     * @return the selections; the interfaces are {@code eth0} and those of the multus annotation
     *     {@code networks}. The {@code ips} of the networks are given addresses of their interfaces
     * @throws InvalidAnnotationException for the first invalid annotation; the exceptions for the
     *     others are suppressed ones of it
     */
    public PoolSelections read(Map<String, String> podAnnotations, Map<String, String> namespaceAnnotations) {
        return read(podAnnotations, namespaceAnnotations, Map.of());
    }

    /**
     * Reads the annotations of a pod and of its namespace, and the CNI configuration of each
     * interface.
     *
     * @param podAnnotations all annotations of the pod, by full key; those of other prefixes are
     *     ignored
     * @param namespaceAnnotations all annotations of the namespace, likewise
     * @param cniConfigurations the JSON text of the CNI configuration of each interface that
     *     requests addresses, by interface name. Their order is that of the interfaces: use a
     *     {@link java.util.LinkedHashMap} for several. If the map is empty, the interfaces are
     *     {@code eth0} and those of the multus annotation {@code networks}, without configurations.
     *     An interface whose {@code ipam.type} names another IPAM than {@code spiderpool} is
     *     omitted. If a configuration requires the subnets of master interfaces, state their
     *     addresses in the result: {@link io.ipam.resolution.InterfaceRequest#withMasterAddresses}
     * @return the selections; without interfaces if all of them belong to other IPAMs
     * @throws InvalidAnnotationException for the first invalid annotation or configuration; the
     *     exceptions for the others are suppressed ones of it
     */
    public PoolSelections read(
            Map<String, String> podAnnotations,
            Map<String, String> namespaceAnnotations,
            Map<String, String> cniConfigurations) {
        requireNonNull(podAnnotations, "podAnnotations");
        requireNonNull(namespaceAnnotations, "namespaceAnnotations");
        requireNonNull(cniConfigurations, "cniConfigurations");
        return new RequestReading(reading, spare, podAnnotations, namespaceAnnotations, cniConfigurations)
                .selections(mode);
    }

    /**
     * {@return whether a CNI configuration names this IPAM} It does if its {@code ipam.type} is
     * {@code spiderpool}. It also does if it has no type but a key of this IPAM, such as default
     * pools. An interface without such a configuration gets its addresses elsewhere or has none,
     * unless an annotation selects pools for it.
     *
     * @param cniConfiguration the JSON text; an unreadable one counts as naming this IPAM, since
     *     {@link #read(Map, Map, Map)} refuses it with its problems
     */
    public boolean namesThisIpam(String cniConfiguration) {
        requireNonNull(cniConfiguration, "cniConfiguration");
        JsonResult<CniConfiguration> result =
                JsonReader.read(cniConfiguration, reading.options(), in -> CniConfiguration.read(in, reading));
        CniConfiguration configuration = result.value();
        return configuration == null || !result.problems().isEmpty() || configuration.isOfThisIpam();
    }

    /** {@return the mode} */
    @Override
    public String toString() {
        return "AnnotationReader " + mode;
    }
}
