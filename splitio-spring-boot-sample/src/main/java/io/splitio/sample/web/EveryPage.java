package io.splitio.sample.web;

import io.splitio.sample.shop.Shoppers;
import io.splitio.sample.shop.Themes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Adds to every page what its frame shows: the shopper, the theme, the basket and the why panel.
 */
@Component
final class EveryPage implements HandlerInterceptor, WebMvcConfigurer {
  private final Visit visit;
  private final Shoppers shoppers;
  private final Themes themes;
  private final Why why;
  private final LiveUpdates live;

  EveryPage(Visit visit, Shoppers shoppers, Themes themes, Why why, LiveUpdates live) {
    this.visit = visit;
    this.shoppers = shoppers;
    this.themes = themes;
    this.why = why;
    this.live = live;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  /** Takes the revision before the page is made: a change in between makes the page fetch again. */
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    request.setAttribute("revision", live.revision());
    return true;
  }

  @Override
  public void postHandle(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable ModelAndView page) {
    String view = page == null ? null : page.getViewName();
    if (page == null || view == null || view.startsWith("redirect:")) {
      return;
    }
    page.addObject("revision", request.getAttribute("revision"));
    page.addObject("here", address(request));
    page.addObject("shopper", visit.shopper());
    page.addObject("shoppers", shoppers.everybody());
    page.addObject("tins", visit.basket().tins());
    page.addObject("theme", themes.forShopper(visit.shopper()));
    page.addObject("why", why.explain(visit.shopper()));
  }

  private static String address(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }
}
