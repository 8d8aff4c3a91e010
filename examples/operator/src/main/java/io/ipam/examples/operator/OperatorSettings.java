package io.ipam.examples.operator;

import io.ipam.IpamSettings;
import java.time.Duration;

/**
 * The settings of an {@link Operator}. Thread safety: immutable.
 *
 * @param ipam the settings of ipam; the operator adds its listener
 * @param workers the number of threads; requests of several threads share a commit
 * @param retry the time until a refused pod or a blocked pool is tried again
 * @param statusInterval the minimum time between two writes of one pool's status
 * @param reconcileInterval the time between two reconciliations
 */
public record OperatorSettings(
        IpamSettings ipam, int workers, Duration retry, Duration statusInterval, Duration reconcileInterval) {
    /** {@return the settings for a cluster} */
    public static OperatorSettings defaults() {
        return new OperatorSettings(
                IpamSettings.defaults(), 16, Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofMinutes(3));
    }

    /** {@return a copy with other settings of ipam} */
    public OperatorSettings withIpam(IpamSettings newIpam) {
        return new OperatorSettings(newIpam, workers, retry, statusInterval, reconcileInterval);
    }
}
