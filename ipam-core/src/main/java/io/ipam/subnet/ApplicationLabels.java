package io.ipam.subnet;

import io.ipam.pool.Application;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import java.util.Map;
import java.util.TreeMap;

/** The labels that record the application of an auto-created pool, in the format of Spiderpool. */
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

    /** All labels of the pool for an interface of an application. */
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

    /** The affinity by which the pool serves only that application. */
    static PoolAffinity affinity(Application application) {
        return PoolAffinity.none().withPod(LabelSelector.of(application.affinityLabels()));
    }

    /** Whether the pool was created for the application, even under another uid. */
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
     * Whether the pool is removed with its application. This is the default of the annotation and
     * applies to a pool without the label.
     */
    static boolean isReclaimed(Pool pool) {
        return !"false".equals(pool.labels().get(RECLAIM));
    }

    /**
     * {@code namespace/name} of the application of a pool; empty if the pool was created by a
     * person.
     */
    static String applicationOf(Pool pool) {
        String name = pool.labels().get(NAME);
        return name == null ? "" : pool.labels().getOrDefault(NAMESPACE, "") + "/" + name;
    }

    private static String groupVersion(Application application) {
        return application.apiVersion().replace('/', '_');
    }
}
