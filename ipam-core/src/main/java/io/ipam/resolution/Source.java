package io.ipam.resolution;

import io.ipam.address.Family;

/** Where pool names come from, in the order in which the sources are asked. Sources are never mixed on one interface. */
public enum Source {
    /** A pod annotation that names subnets. */
    SUBNET("pod annotation ipam.spidernet.io/subnet"),
    /** A pod annotation that names pools. */
    POD("pod annotation ipam.spidernet.io/ippool"),
    /** The default pools of the namespace. */
    NAMESPACE("namespace annotation ipam.spidernet.io/default-ipv4-ippool or default-ipv6-ippool") {
        @Override
        public String text(Family family) {
            return "namespace annotation ipam.spidernet.io/default-ipv" + family.number() + "-ippool";
        }
    },
    /** The default pools of the CNI configuration. */
    CNI("CNI configuration"),
    /** The pools that are the default of the cluster. */
    CLUSTER_DEFAULT("cluster default pools");

    private final String text;

    Source(String text) {
        this.text = text;
    }

    /** {@return the source in words, without telling the forms for one and for several interfaces apart} */
    public String text() {
        return text;
    }

    /**
     * {@return the source in words, for one family: of the two annotations of a namespace the one that counts}
     *
     * @param family the family
     */
    public String text(Family family) {
        return text;
    }
}
