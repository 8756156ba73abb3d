package io.splitio.spring.actuate;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.actuate.health.AdditionalHealthEndpointPath;
import org.springframework.boot.actuate.health.HealthEndpointGroup;
import org.springframework.boot.actuate.health.HealthEndpointGroups;
import org.springframework.boot.actuate.health.HttpCodeStatusMapper;
import org.springframework.boot.actuate.health.StatusAggregator;

/**
 * Adds the SDK to the readiness group of Spring Boot 3.5, so that nobody has to configure the
 * group.
 *
 * <p>Its twin for Spring Boot 4 differs in its imports only: the interfaces have the same methods
 * in other packages, and a class can be compiled against one of them.
 */
record Boot35ReadinessGroups(HealthEndpointGroups groups)
    implements HealthEndpointGroups, AdditionalPathsMapper {
  private static final String READINESS = "readiness";
  private static final String MEMBER = "splitio";

  @Override
  public HealthEndpointGroup getPrimary() {
    return groups.getPrimary();
  }

  @Override
  public Set<String> getNames() {
    return groups.getNames();
  }

  @Override
  public @Nullable HealthEndpointGroup get(String name) {
    HealthEndpointGroup group = groups.get(name);
    return group != null && name.equals(READINESS) ? new Group(group) : group;
  }

  /** Without it, additional paths such as {@code /readyz} would disappear. */
  @Override
  public @Nullable List<String> getAdditionalPaths(EndpointId endpoint, WebServerNamespace server) {
    return groups instanceof AdditionalPathsMapper mapper
        ? mapper.getAdditionalPaths(endpoint, server)
        : null;
  }

  private record Group(HealthEndpointGroup group) implements HealthEndpointGroup {
    @Override
    public boolean isMember(String name) {
      return name.equals(MEMBER) || group.isMember(name);
    }

    @Override
    public boolean showComponents(SecurityContext context) {
      return group.showComponents(context);
    }

    @Override
    public boolean showDetails(SecurityContext context) {
      return group.showDetails(context);
    }

    @Override
    public StatusAggregator getStatusAggregator() {
      return group.getStatusAggregator();
    }

    @Override
    public HttpCodeStatusMapper getHttpCodeStatusMapper() {
      return group.getHttpCodeStatusMapper();
    }

    @Override
    public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
      return group.getAdditionalPath();
    }
  }
}
