package io.ipam.subnet;

import io.ipam.pool.Application;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import java.util.Map;
import java.util.TreeMap;

/**
 * The labels by which an auto-created pool says for whom it was made, as Spiderpool writes them.
 */
final class ApplicationLabels {
    private static final String PREFIX = "ipam.spidernet.io/";
    private static final String SUBNET = PREFIX + "owner-spider-subnet";
    private static final String GROUP_VERSION = PREFIX + "owner-application-gv";
    private static final String KIND = PREFIX + "owner-application-kind";
    private static final String NAMESPACE = PREFIX + "owner-application-namespace";
    private static final String NAME = Pool.OWNER_APPLICATION_NAME_LABEL;
    private static final String UID = PREFIX + "owner-application-uid";
    private static final String INTERFACE = PREFIX + "interface";
    private static final String VERSION = PREFIX + "ip-version";
    private static final String RECLAIM = PREFIX + "ippool-reclaim";
    private static final String CIDR = PREFIX + "ippool-cidr";

    private ApplicationLabels() {}

    /** All labels of the pool of an application's interface. */
    static Map<String, String> of(Application application, Subnet subnet, String interfaceName, boolean reclaim) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(SUBNET, subnet.name());
        labels.put(GROUP_VERSION, groupVersion(application));
        labels.put(KIND, application.kind());
        labels.put(NAMESPACE, application.namespace());
        labels.put(NAME, application.name());
        labels.put(UID, application.uid());
        labels.put(INTERFACE, interfaceName);
        labels.put(VERSION, subnet.family().label());
        labels.put(RECLAIM, Boolean.toString(reclaim));
        labels.put(CIDR, subnet.prefix().toString().replaceAll("[.:/]", "-"));
        return labels;
    }

    /** The affinity by which the pool serves that application alone. */
    static PoolAffinity affinity(Application application) {
        return PoolAffinity.none().withPod(LabelSelector.of(application.affinityLabels()));
    }

    /** Whether the pool was made for the application, whatever the uid that it had then. */
    static boolean isOf(Application application, Pool pool) {
        Map<String, String> labels = pool.labels();
        return application.name().equals(labels.get(NAME))
                && application.namespace().equals(labels.get(NAMESPACE))
                && application.kind().equals(labels.get(KIND))
                && groupVersion(application).equals(labels.get(GROUP_VERSION));
    }

    static boolean isOfInterface(String interfaceName, Pool pool) {
        return interfaceName.equals(pool.labels().get(INTERFACE));
    }

    static boolean hasUidOf(Application application, Pool pool) {
        return application.uid().equals(pool.labels().get(UID));
    }

    /**
     * Whether the pool goes when its application has gone; a pool without the label does, as the
     * annotation's default.
     */
    static boolean isReclaimed(Pool pool) {
        return !"false".equals(pool.labels().get(RECLAIM));
    }

    /**
     * {@code namespace/name} of the application a pool was made for; empty for a pool that a person
     * made.
     */
    static String applicationOf(Pool pool) {
        String name = pool.labels().get(NAME);
        return name == null ? "" : pool.labels().getOrDefault(NAMESPACE, "") + "/" + name;
    }

    private static String groupVersion(Application application) {
        return application.apiVersion().replace('/', '_');
    }
}
